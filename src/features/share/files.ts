import { csvFormatRows } from 'd3';

/** A link's address must outlive the click: WebKit and Firefox read the file afterwards. In milliseconds. */
const ADDRESS_LIFETIME = 60_000;

/** Offers the browser a file to save. This is the only way in which the page saves files. */
export function saveFile(name: string, content: Blob | Uint8Array<ArrayBuffer> | string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), ADDRESS_LIFETIME);
}

/** A name that every file system takes: "resnet-20-b". */
export function fileName(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'net'
  );
}

/** One value of a row. */
export type Cell = string | number | boolean;

/** Numbers as they were measured: a row a number, and beside it all that says what it is of. */
export interface Records {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/**
 * As CSV (RFC 4180). A number that is not finite has an empty cell. What is not ASCII begins with a byte order mark, since
 * without one Excel takes it for the encoding of the system, which is GBK on Chinese Windows.
 */
export function csvOf({ columns, rows }: Records): string {
  const text = `${csvFormatRows([columns, ...rows].map((row) => row.map(cellText)))}\n`;
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
