/** What is said beside a number field whose text is not taken. */
export const FIELD_TEXT = {
  limits: (whole: boolean, min: number, max: number) => `a ${whole ? 'whole number' : 'number'} from ${min} to ${max}`,
  ambiguous: (text: string, numbers: readonly number[]) =>
    `“${text}” may be ${numbers.join(' or ')}: leave the mark between the digits out`,
} as const;
