import * as v from 'valibot';
import { printable, quote } from '../../quote.ts';

const DEEPEST = 40;
const MOST_VALUES = 1_000_000;

/**
 * A copy of what a script hands over, as JSON would have it, so that what is checked afterwards can no longer change:
 * an object may have getters, be a Proxy, contain itself. Throws what `fail` makes of it where JSON cannot hold it.
 */
export function plainJson(input: unknown, fail: (problem: string, cause?: unknown) => Error): unknown {
  let refusal: Error | null = null;
  const refuse = (problem: string): Error => {
    refusal = fail(problem);
    return refusal;
  };
  const inside = new Set<object>();
  let values = 0;
  const copy = (value: unknown, place: string): unknown => {
    values += 1;
    if (values > MOST_VALUES) throw refuse('has too many values');
    if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') {
      throw refuse(`has a ${typeof value}${place}, which JSON has not`);
    }
    if (typeof value !== 'object' || value === null) return value;
    if (inside.has(value)) throw refuse(`contains itself${place}`);
    if (inside.size >= DEEPEST) throw refuse('is too deep');
    inside.add(value);
    const made = Array.isArray(value) ? copyOfList(value) : copyOfObject(value);
    inside.delete(value);
    return made;
  };
  const copyOfList = (list: readonly unknown[]): unknown => {
    // Before anything is made of it: a list may say that it has four billion.
    if (list.length > MOST_VALUES) throw refuse(`has a list of ${list.length}`);
    return Array.from(list, (each, nth) => copy(each, ` at ${nth}`));
  };
  const copyOfObject = (object: object): unknown => {
    const fields = Object.entries(object).filter(([, each]) => each !== undefined);
    return Object.fromEntries(fields.map(([key, each]) => [key, copy(each, ` in ${printable(key)}`)]));
  };
  try {
    return copy(input, '');
  } catch (cause) {
    // An error that a getter throws is the cause, and not itself the refusal.
    throw refusal ?? fail('cannot be read', cause);
  }
}

/** Inclusive limits of a number. */
export interface Limit {
  readonly min: number;
  readonly max: number;
}

/** The path of the field that an issue is about, such as "lanes.0.net.depth"; null for the whole value. */
export function placeOf(issue: v.BaseIssue<unknown>): string | null {
  const path = v.getDotPath(issue);
  return path === null ? null : printable(path);
}

/** The message of an issue, with the input bounded: valibot's own messages quote it at any length. */
export function complaintOf({ message, received }: v.BaseIssue<unknown>): string {
  return message.replace(received, () => printable(received));
}

/** A schema for a finite number within its limits. */
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

/** A schema for an integer within its limits. */
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

/** A schema for one of the given values. */
export function oneOf<const Options extends readonly (string | number)[]>(options: Options) {
  return v.picklist(options, ({ input }) => `${quote(input)} is not one of ${options.join(', ')}`);
}

/** A schema for true or false. */
export const flag = v.boolean(({ input }) => `${quote(input)} is not true or false`);
/** A schema for a name: 1 to 60 characters, not only white space. */
export const text = v.pipe(
  v.string(({ input }) => `${quote(input)} is not a text`),
  v.check(
    (value) => value.trim().length > 0 && value.length <= 60,
    () => 'must have 1 to 60 characters',
  ),
);
/** A schema for an array. */
export const list = <Item extends v.GenericSchema>(item: Item) =>
  v.array(item, ({ input }) => `${quote(input)} is not a list`);
/** A schema for an object without unknown fields, which may be misspelt ones. */
export const record = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.strictObject(entries, ({ input, expected }) =>
    expected === 'never' ? `${quote(input)} is not a field of it` : `${quote(input)} is not an object`,
  );
