import { InvalidArgumentError } from 'commander';

/** A count of the command line. Throws where it is none, or the results would be recorded as numbers that are none. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError(`"${text}" is not a whole number from 1`);
  return count;
}
