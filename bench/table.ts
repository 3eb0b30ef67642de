import type { BenchRecord } from './record.ts';

type Row = BenchRecord['groups'][number]['rows'][number];

const number = (value: number | null) =>
  value === null ? '–' : value.toLocaleString('en', { maximumFractionDigits: 4 });

/** A time as a multiple of the first of its group; nothing where one of them is no time. */
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

/** The groups of some records as one Markdown table: medians, and times as multiples of each group's first. */
export function table(records: readonly BenchRecord[]): string {
  const lines = records.flatMap(({ groups }) =>
    groups.flatMap(({ title, rows, absent = [] }) => [
      ...rows.map((row, index) => lineOf(row, rows[0], index === 0 ? title : '')),
      ...absent.map((sentence) => `| | absent: ${sentence} | | | |`),
    ]),
  );
  return ['| what | who | median | least to most | beside the first |', '|---|---|---|---|---|', ...lines].join('\n');
}

/** What was measured where, in a sentence a record. */
export function provenance(records: readonly BenchRecord[]): string {
  const sentences = records.map(({ what, machine, versions, commit, date, turns }) => {
    const software = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
    return `${what}: ${machine}; ${software.join(', ')}; commit ${commit}, ${date}, ${turns} turns`;
  });
  return sentences.map((sentence) => `- ${sentence}.`).join('\n');
}

/** The text with something else between its markers `<!-- NAME -->` and `<!-- /NAME -->`. */
export function between(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`markers: no ${open} … ${close}`);
  return `${text.slice(0, from + open.length)}\n\n${content}\n\n${text.slice(to)}`;
}
