import { printable } from '../../core/quote.ts';
import type { MessageKey } from '../../language/messages.ts';
import { listOf, type Phrase, type Sentence, sentence } from '../../language/sentence.ts';
import { type Fail, numberAt, structAt, type ThriftStruct, textAt } from './thrift.ts';

/** A readable leaf column: each row has one value, null, or several in a list. */
export interface Column {
  /** Names from the root to the column, joined with dots. */
  readonly path: string;
  readonly type: 'bytes' | 'int32' | 'int64' | 'bool' | 'float' | 'double';
  /** Whether its bytes are declared as text. */
  readonly text: boolean;
  /** Whether its integers are unsigned. */
  readonly unsigned: boolean;
  /** Maximum definition level: the number of optional or repeated elements in its path. */
  readonly levels: number;
  /** Whether it is inside a list. */
  readonly repeated: boolean;
}

/** A column of an unsupported type, and what that type is called. */
export interface UnreadColumn {
  readonly path: string;
  readonly type: Sentence;
}

/** The columns of a schema, read and unread. */
export interface Columns {
  /** By their paths. */
  readonly columns: ReadonlyMap<string, Column>;
  readonly unread: readonly UnreadColumn[];
}

const MOST_ELEMENTS = 1000;
const DEEPEST = 24;

// Physical types, as parquet.thrift numbers them.
const TYPES = new Map<number, Column['type']>([
  [0, 'bool'],
  [1, 'int32'],
  [2, 'int64'],
  [4, 'float'],
  [5, 'double'],
  [6, 'bytes'],
]);
const OTHER_TYPES = { int96: 3, fixed: 7 } as const;
const REQUIRED = 0;
const REPEATED = 2;
const UTF8 = 0;
const ENUM = 4;
const JSON_TEXT = 19;
const UNSIGNED = [11, 12, 13, 14];
/** Whole numbers with and without sign; others that lie in whole numbers are dates, times and decimals. */
const isInteger = (converted: number) => Number.isNaN(converted) || (converted >= 11 && converted <= 18);
/** Logical types, which newer writers give alone: text, enumeration, decimal, date, time, timestamp, integer. */
const LOGICAL = { text: 1, enumeration: 4, decimal: 5, date: 6, time: 7, timestamp: 8, integer: 10 } as const;

/**
 * Builds the columns of a table from its schema elements, parents before children. Throws the error that `fail` creates
 * if they are not a tree.
 */
export function columnsOf(elements: readonly ThriftStruct[], fail: Fail): Columns {
  const [root, ...others] = elements;
  if (root === undefined || elements.length > MOST_ELEMENTS)
    throw fail(sentence('formats.parquet.schema', { elements: elements.length }));
  const columns = new Map<string, Column>();
  const unread: UnreadColumn[] = [];
  const open = [{ left: numberAt(root, 5, 0), path: '', levels: 0, lists: 0 }];
  for (const element of others) {
    while (open.at(-1)?.left === 0) open.pop();
    const parent = open.at(-1);
    if (parent === undefined || open.length > DEEPEST) throw fail(sentence('formats.parquet.noTree'));
    parent.left -= 1;
    const repetition = numberAt(element, 3, REQUIRED);
    const path = parent.path === '' ? textAt(element, 4) : `${parent.path}.${textAt(element, 4)}`;
    const levels = parent.levels + (repetition === REQUIRED ? 0 : 1);
    const lists = parent.lists + (repetition === REPEATED ? 1 : 0);
    const left = numberAt(element, 5, 0);
    if (left > 0) {
      open.push({ left, path, levels, lists });
      continue;
    }
    const other = otherType(element, lists);
    const type = TYPES.get(numberAt(element, 1));
    if (other === null && type !== undefined)
      columns.set(path, { path, type, levels, repeated: lists > 0, ...kindOf(element, type) });
    else unread.push({ path, type: other ?? sentence('formats.type.unknown') });
  }
  if (open.some(({ left }) => left !== 0)) throw fail(sentence('formats.parquet.noTree'));
  return { columns, unread };
}

function kindOf(element: ThriftStruct, type: Column['type']): Pick<Column, 'text' | 'unsigned'> {
  const converted = numberAt(element, 6);
  const logical = structAt(element, 10);
  const isText =
    [UTF8, ENUM, JSON_TEXT].includes(converted) ||
    logical?.has(LOGICAL.text) === true ||
    logical?.has(LOGICAL.enumeration) === true;
  // The second field of an integer's logical type says whether it is signed.
  const integer = logical?.get(LOGICAL.integer);
  const unsigned = UNSIGNED.includes(converted) || (integer instanceof Map && integer.get(2) === false);
  return { text: type === 'bytes' && isText, unsigned };
}

/** What the type of a column is called that cannot be read; null if it can be read. */
function otherType(element: ThriftStruct, lists: number): Sentence | null {
  if (lists > 1) return sentence('formats.type.nested');
  const physical = numberAt(element, 1);
  if (physical === OTHER_TYPES.int96) return sentence('formats.type.int96');
  if (physical === OTHER_TYPES.fixed) return sentence('formats.type.fixed');
  if (!TYPES.has(physical)) return sentence('formats.type.unknown');
  const [converted, logical] = [numberAt(element, 6), structAt(element, 10)];
  if (logical?.has(LOGICAL.decimal) === true || converted === 5) return sentence('formats.type.decimals');
  if (logical?.has(LOGICAL.date) === true || converted === 6) return sentence('formats.type.dates');
  const isTime = logical?.has(LOGICAL.time) === true || logical?.has(LOGICAL.timestamp) === true;
  if (isTime || (converted >= 7 && converted <= 10)) return sentence('formats.type.times');
  return TYPES.get(physical) === 'bytes' || isInteger(converted) ? null : sentence('formats.type.unknown');
}

const TYPE_WORDS = {
  bytes: 'formats.type.bytes',
  int32: 'formats.type.whole',
  int64: 'formats.type.whole',
  bool: 'formats.type.bool',
  float: 'formats.type.number',
  double: 'formats.type.number',
} as const satisfies Record<Column['type'], MessageKey>;
const MOST_NAMED = 12;

/** Lists all columns of a table with their types, for a sentence: "photo (bytes), day (dates)". */
export function describeColumns({ columns, unread }: Columns): Phrase {
  const read = [...columns.values()].map(({ path, type, text, repeated }) => {
    const word = sentence(text ? 'formats.type.text' : TYPE_WORDS[type]);
    return columnOf(path, repeated ? sentence('formats.column.lists', { type: word }) : word);
  });
  const all = [...read, ...unread.map(({ path, type }) => columnOf(path, type))];
  return all.length === 0 ? sentence('formats.column.none') : listOf(all, MOST_NAMED);
}

function columnOf(path: string, type: Sentence): Sentence {
  return sentence('formats.column', { name: printable(path), type });
}
