import * as v from 'valibot';
import { printable, quote } from '../../quote.ts';

export interface Limit {
  readonly min: number;
  readonly max: number;
}

/** The place that an issue is about, as a sentence names it: "lanes.0.net.depth"; null for the whole. */
export function placeOf(issue: v.BaseIssue<unknown>): string | null {
  const path = v.getDotPath(issue);
  return path === null ? null : printable(path);
}

/** What an issue says. Where a schema has no words of its own, valibot quotes the input at any length. */
export function complaintOf({ message, received }: v.BaseIssue<unknown>): string {
  return message.replace(received, () => printable(received));
}

/** A finite number within its limits, or what must be given instead. */
export function number({ min, max }: Limit) {
  const range = `a number from ${min} to ${max}`;
  return v.pipe(
    v.number(({ input }) => `${quote(input)} is not ${range}`),
    v.check(
      (value) => value >= min && value <= max,
      ({ input }) => `${quote(input)} is not ${range}`,
    ),
  );
}

export function integer({ min, max }: Limit) {
  const range = `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(({ input }) => `${quote(input)} is not ${range}`),
    v.check(
      (value) => Number.isInteger(value) && value >= min && value <= max,
      ({ input }) => `${quote(input)} is not ${range}`,
    ),
  );
}

export function oneOf<const Options extends readonly (string | number)[]>(options: Options) {
  return v.picklist(options, ({ input }) => `${quote(input)} is not one of ${options.join(', ')}`);
}

export const flag = v.boolean(({ input }) => `${quote(input)} is not true or false`);
export const text = v.pipe(
  v.string(({ input }) => `${quote(input)} is not a text`),
  v.check(
    (value) => value.trim().length > 0 && value.length <= 60,
    () => 'must have 1 to 60 characters',
  ),
);
export const list = <Item extends v.GenericSchema>(item: Item) =>
  v.array(item, ({ input }) => `${quote(input)} is not a list`);
/** An object of known fields; one that is not known is named, since it may be a misspelt one. */
export const record = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.strictObject(entries, ({ input, expected }) =>
    expected === 'never' ? `${quote(input)} is not a field of it` : `${quote(input)} is not an object`,
  );
