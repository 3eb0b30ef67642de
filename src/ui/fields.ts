/** What is said beside a number field whose text is not taken. */
export const FIELD_TEXT = {
  limits: (whole: boolean, min: number, max: number) =>
    `Enter a ${whole ? 'whole number' : 'number'} from ${min} to ${max}.`,
  ambiguous: (text: string, numbers: readonly number[]) =>
    `“${text}” may be ${numbers.join(' or ')}: leave out the mark between the digits.`,
} as const;
