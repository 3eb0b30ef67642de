import { printable } from '../../quote.ts';

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
