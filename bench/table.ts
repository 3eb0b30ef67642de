import type { BenchRecord } from './record.ts';

type Row = BenchRecord['groups'][number]['rows'][number];

/** A number as the documents print it; a dash where it was not measured. */
export const number = (value: number | null) =>
  value === null ? '–' : value.toLocaleString('en', { maximumFractionDigits: 4 });

/** A time as a multiple of the group's first row; empty where either is not a time. */
function ratioOf(row: Row, first: Row | undefined): string {
  if (first === undefined || row === first || first.unit !== 'ms' || row.unit !== 'ms') return '';
  if (first.value === null || row.value === null) return '';
  return `${(row.value / first.value).toPrecision(3)} ×`;
}

function lineOf(row: Row, first: Row | undefined, title: string): string {
  const [least, most] = row.range ?? [];
  const range =
    least === undefined || most === undefined || least === most ? '' : `${number(least)} to ${number(most)}`;
  return `| ${title} | ${row.name} | ${number(row.value)} ${row.unit} | ${range} | ${ratioOf(row, first)} |`;
}

/**
 * The groups of a record as a Markdown table: medians, and times as multiples of each group's first row. A group that was
 * repeated more or less often than the record says tells so.
 */
export function table({ groups, repeats: usual }: Pick<BenchRecord, 'groups' | 'repeats'>): string {
  const headOf = (title: string, repeats: number) => (repeats === usual ? title : `${title}, ${repeats} repeats`);
  const lines = groups.flatMap(({ title, rows, repeats = usual, absent = [] }) => [
    ...rows.map((row, index) => lineOf(row, rows[0], index === 0 ? headOf(title, repeats) : '')),
    ...absent.map((sentence) => `| | absent: ${sentence} | | | |`),
  ]);
  return ['| task | implementation | median | range | relative to the first |', '|---|---|---|---|---|', ...lines].join(
    '\n',
  );
}

/** Where, with what and when a record was measured. */
export function provenance({ machine, versions, commit, date, repeats }: BenchRecord): string {
  const software = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${machine}; ${software.join(', ')}; commit ${commit}, ${date}, ${repeats} repeats.`;
}
