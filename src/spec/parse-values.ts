import * as v from 'valibot';

export interface Limit {
  readonly min: number;
  readonly max: number;
}

/** A value as a complaint quotes it. */
export function show(input: unknown): string {
  return typeof input === 'number' ? String(input) : (JSON.stringify(input) ?? 'nothing');
}

/** A finite number within its limits, or what must be given instead. */
export function number({ min, max }: Limit) {
  const range = `a number from ${min} to ${max}`;
  return v.pipe(
    v.number(({ input }) => `${show(input)} is not ${range}`),
    v.check(
      (value) => value >= min && value <= max,
      ({ input }) => `${show(input)} is not ${range}`,
    ),
  );
}

export function integer({ min, max }: Limit) {
  const range = `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(({ input }) => `${show(input)} is not ${range}`),
    v.check(
      (value) => Number.isInteger(value) && value >= min && value <= max,
      ({ input }) => `${show(input)} is not ${range}`,
    ),
  );
}

export function oneOf<const Options extends readonly (string | number)[]>(options: Options) {
  return v.picklist(options, ({ input }) => `${show(input)} is not one of ${options.join(', ')}`);
}

export const flag = v.boolean(({ input }) => `${show(input)} is not true or false`);
export const text = v.pipe(
  v.string(({ input }) => `${show(input)} is not a text`),
  v.check(
    (value) => value.trim().length > 0 && value.length <= 60,
    () => 'must have 1 to 60 characters',
  ),
);
export const list = <Item extends v.GenericSchema>(item: Item) =>
  v.array(item, ({ input }) => `${show(input)} is not a list`);
/** An object of known fields; one that is not known is named, since it may be a misspelt one. */
export const record = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.strictObject(entries, ({ input, expected }) =>
    expected === 'never' ? `${show(input)} is not a field of it` : `${show(input)} is not an object`,
  );
