import { csvFormatRows } from 'd3';

/** One value of a row. */
export type Cell = string | number | boolean;

/**
 * Numbers as they were measured: a row a number, and beside it all that says what it is of. Scripts read these files, so
 * their heads are the same on a page in every language, and stay what they are: in English, and no messages.
 */
export interface Records {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/**
 * As CSV (RFC 4180). A number that is not finite has an empty cell. What is not ASCII begins with a byte order mark, since
 * without one Excel takes it for the encoding of the system, which is GBK on Chinese Windows.
 */
export function csvOf({ heads, rows }: Records): string {
  const text = `${csvFormatRows([heads, ...rows].map((row) => row.map(cellText)))}\n`;
  return /[\u0080-\uffff]/.test(text) ? `\ufeff${text}` : text;
}

/** Text that a spreadsheet computes instead of showing it, which a name from a link or a run file must not make it do. */
const FORMULA = /^[=+\-@\t\r\n]/;

/**
 * Whole numbers as they are, such as counts and seeds; of others, single precision has about seven digits to tell. Text that
 * would be a formula has an apostrophe before it, as OWASP advises.
 */
function cellText(cell: Cell): string {
  if (typeof cell === 'string') return FORMULA.test(cell) ? `'${cell}` : cell;
  if (typeof cell !== 'number' || Number.isSafeInteger(cell)) return String(cell);
  return Number.isFinite(cell) ? String(Number(cell.toPrecision(7))) : '';
}
