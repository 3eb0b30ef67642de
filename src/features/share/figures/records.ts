import { csvFormatRows } from 'd3';

/** One value of a row. */
export type Cell = string | number | boolean;

/** Numbers as they were measured: a row a number, and beside it all that says what it is of. */
export interface Records {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** As CSV (RFC 4180). A number that is not finite has an empty cell. */
export function csvOf({ columns, rows }: Records): string {
  const cells = rows.map((row) => row.map(cellText));
  return `${csvFormatRows([[...columns], ...cells])}\n`;
}

/** Single precision has about seven digits to tell. */
function cellText(cell: Cell): string {
  if (typeof cell !== 'number') return String(cell);
  return Number.isFinite(cell) ? String(Number(cell.toPrecision(7))) : '';
}
