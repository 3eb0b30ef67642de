import type { Fail } from './fault.ts';
import { numberAt, structAt, type ThriftStruct, textAt } from './thrift.ts';

/** A column whose values can be read: one value a row, or none. */
export interface Column {
  /** The names on the way to it, with dots between. */
  readonly path: string;
  readonly type: 'bytes' | 'int32' | 'int64';
  /** Whether its bytes are text. */
  readonly text: boolean;
  /** How many on the way to it may be missing. */
  readonly levels: number;
}

const MOST_ELEMENTS = 1000;
const DEEPEST = 24;

// Physical types, as parquet.thrift numbers them.
const TYPES = new Map<number, Column['type']>([
  [1, 'int32'],
  [2, 'int64'],
  [6, 'bytes'],
]);
const REQUIRED = 0;
const REPEATED = 2;
const UTF8 = 0;
/** Whole numbers with and without sign; others that lie in whole numbers are dates and decimals. */
const isInteger = (converted: number) => Number.isNaN(converted) || (converted >= 11 && converted <= 18);

/**
 * The columns that can be read, by their paths; lists and the types that neither images nor labels have are passed over.
 * `elements` are the schema's, parents before their children. Throws what `fail` makes of it where they are no tree.
 */
export function columnsOf(elements: readonly ThriftStruct[], fail: Fail): ReadonlyMap<string, Column> {
  const [root, ...others] = elements;
  if (root === undefined || elements.length > MOST_ELEMENTS) throw fail(`has a schema of ${elements.length} elements`);
  const columns = new Map<string, Column>();
  const open = [{ left: numberAt(root, 5, 0), path: '', levels: 0, repeated: false }];
  for (const element of others) {
    while (open.at(-1)?.left === 0) open.pop();
    const parent = open.at(-1);
    if (parent === undefined || open.length > DEEPEST) throw fail('has a schema that is no tree');
    parent.left -= 1;
    const repetition = numberAt(element, 3, REQUIRED);
    const path = parent.path === '' ? textAt(element, 4) : `${parent.path}.${textAt(element, 4)}`;
    const levels = parent.levels + (repetition === REQUIRED ? 0 : 1);
    const repeated = parent.repeated || repetition === REPEATED;
    const left = numberAt(element, 5, 0);
    if (left > 0) {
      open.push({ left, path, levels, repeated });
      continue;
    }
    const type = TYPES.get(numberAt(element, 1));
    const converted = numberAt(element, 6);
    if (type === undefined || repeated || (type !== 'bytes' && !isInteger(converted))) continue;
    const text = type === 'bytes' && (converted === UTF8 || structAt(element, 10)?.has(1) === true);
    columns.set(path, { path, type, text, levels });
  }
  if (open.some(({ left }) => left !== 0)) throw fail('has a schema that is no tree');
  return columns;
}
