/** Why a number that was typed is not allowed, as a sentence; null where it is. */
export function problemOf(
  value: number,
  { min, max }: { readonly min: number; readonly max: number },
  whole: boolean,
): string | null {
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return null;
  return `a ${whole ? 'whole number' : 'number'} from ${min} to ${max}`;
}
