import * as v from 'valibot';
import { say } from '../../../language/say.ts';
import { type Sentence, sentence } from '../../../language/sentence.ts';
import { printable, quote } from '../../quote.ts';
import { LIMITS } from '../limits.ts';

const DEEPEST = 40;
const MOST_VALUES = 1_000_000;

/**
 * A copy of what a script hands over, as JSON would have it, so that what is checked afterwards can no longer change:
 * an object may have getters, be a Proxy, contain itself. Throws what `fail` makes of it where JSON cannot hold it.
 */
export function plainJson(input: unknown, fail: (problem: Sentence, cause?: unknown) => Error): unknown {
  let refusal: Error | null = null;
  const refuse = (problem: Sentence): Error => {
    refusal = fail(problem);
    return refusal;
  };
  const inside = new Set<object>();
  let values = 0;
  const copy = (value: unknown, place: Place): unknown => {
    values += 1;
    if (values > MOST_VALUES) throw refuse(sentence('experiment.json.values'));
    if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') {
      throw refuse(sentence('experiment.json.type', { type: typeof value, ...place }));
    }
    if (typeof value !== 'object' || value === null) return value;
    if (inside.has(value)) throw refuse(sentence('experiment.json.itself', place));
    if (inside.size >= DEEPEST) throw refuse(sentence('experiment.json.deep'));
    inside.add(value);
    const made = Array.isArray(value) ? copyOfList(value) : copyOfObject(value);
    inside.delete(value);
    return made;
  };
  const copyOfList = (list: readonly unknown[]): unknown => {
    // Before anything is made of it: a list may say that it has four billion.
    if (list.length > MOST_VALUES) throw refuse(sentence('experiment.json.list', { length: list.length }));
    return Array.from(list, (each, nth) => copy(each, { where: 'item', place: String(nth) }));
  };
  const copyOfObject = (object: object): unknown => {
    const fields = Object.entries(object).filter(([, each]) => each !== undefined);
    return Object.fromEntries(
      fields.map(([key, each]) => [key, copy(each, { where: 'field', place: printable(key) })]),
    );
  };
  try {
    return copy(input, { where: 'top', place: '' });
  } catch (cause) {
    // An error that a getter throws is the cause, and not itself the refusal.
    throw refusal ?? fail(sentence('experiment.json.unreadable'), cause);
  }
}

/** Where a value is: an item of a list, a field of an object, or the whole. */
interface Place {
  readonly where: 'item' | 'field' | 'top';
  readonly place: string;
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
/* @__NO_SIDE_EFFECTS__ */
export function number({ min, max }: Limit) {
  const complaint = ({ input }: { readonly input: unknown }) =>
    say('experiment.value.number', { value: quote(input), min, max });
  return v.pipe(
    v.number(complaint),
    v.check((value) => value >= min && value <= max, complaint),
  );
}

/** A schema for an integer within its limits. */
/* @__NO_SIDE_EFFECTS__ */
export function integer({ min, max }: Limit) {
  const complaint = ({ input }: { readonly input: unknown }) =>
    say('experiment.value.integer', { value: quote(input), min, max });
  return v.pipe(
    v.number(complaint),
    v.check((value) => Number.isInteger(value) && value >= min && value <= max, complaint),
  );
}

/** A schema for one of the given values. */
/* @__NO_SIDE_EFFECTS__ */
export function oneOf<const Options extends readonly (string | number)[]>(options: Options) {
  return v.picklist(options, ({ input }) =>
    say('experiment.value.oneOf', { value: quote(input), options: options.join(', ') }),
  );
}

/** A schema for true or false. */
export const flag = v.boolean(({ input }) => say('experiment.value.boolean', { value: quote(input) }));
/** The most characters of a name that a person types, as of a run. */
export const MOST_TYPED = 60;
/** A schema for a name: 1 to `most` characters, not only white space. */
const textUpTo = /* @__NO_SIDE_EFFECTS__ */ (most: number) =>
  v.pipe(
    v.string(({ input }) => say('experiment.value.text', { value: quote(input) })),
    v.check(
      (value) => value.trim().length > 0 && value.length <= most,
      () => say('experiment.value.textLength', { most }),
    ),
  );
/** A schema for a name that a person types. */
export const text = textUpTo(MOST_TYPED);
/** A schema for the name of a lane, which may say all choices of its net. */
export const laneName = textUpTo(LIMITS.laneName.max);
/** A schema for an array. */
export const list = /* @__NO_SIDE_EFFECTS__ */ <Item extends v.GenericSchema>(item: Item) =>
  v.array(item, ({ input }) => say('experiment.value.list', { value: quote(input) }));
/** A schema for an object without unknown fields, which may be misspelt ones. */
export const record = /* @__NO_SIDE_EFFECTS__ */ <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.strictObject(entries, ({ input, expected }) =>
    say(expected === 'never' ? 'experiment.value.field' : 'experiment.value.object', { value: quote(input) }),
  );
