import { spreadOf } from '../../src/charts/series/seeds.ts';
import type { Experiment } from '../../src/core/experiment/experiment.ts';
import { insightRows } from './insight-table.ts';
import type { Outcome } from './jobs.ts';
import type { LaneRun, SeedRun } from './record.ts';

type Measure = 'trb' | 'testError';

const MOST_COLUMNS = 14;

const MEASURES: readonly (readonly [title: string, measure: Measure])[] = [
  ['trb', 'trb'],
  ['test error', 'testError'],
];

/** The result tables: each net's errors and the gaps between the nets, as means over the seeds and seed by seed. */
export function summary({ data, lanes, until }: Experiment, outcomes: readonly Outcome[]): string {
  const [first] = outcomes;
  if (first === undefined) return 'nothing was trained';
  const runs = outcomes.map(({ run }) => run);
  const source = data.source === 'emoji' ? `emoji by ${data.task}` : data.source === 'own' ? data.name : 'CIFAR-10';
  const names = lanes.map(({ name }) => name);
  const head = [
    `${source} ${data.size}x${data.size}, ${until} steps, ${first.device.backend} (${first.device.adapter})`,
    'Errors in percent. trb: on 1,000 fixed training images with batch statistics; test: on 500 fixed test images',
    `with running statistics. Always giving the most frequent answer: ${first.majority.toFixed(1)}.`,
  ];
  const tables = MEASURES.map(([title, measure]) => {
    const errors = names.map((name) => [name, runs.map((run) => errorOf(run, name, measure))] as const);
    const gaps = errors.flatMap(([name, values], index) =>
      errors
        .slice(0, index)
        .map(
          ([other, others]) => [`${name} - ${other}`, values.map((each, seed) => minus(each, others[seed]))] as const,
        ),
    );
    const columns = ['mean', ...runs.map(({ seed }) => `seed ${seed}`)];
    const rows = [...errors, ...gaps].map(([label, values]) => [label, ...[mean(values), ...values].map(show)]);
    return align([[title, ...columns], ...rows]);
  });
  const timeline = trbRows(runs);
  const insights = insightRows(runs.map(({ insight }) => insight)).map(align);
  return [head.join('\n'), ...tables, ...timeline.map(align), ...insights, ...divergences(runs)].join('\n\n');
}

/** Where trb was measured more than once, but not so often that a table cannot hold it: its means over the seeds. */
function trbRows(runs: readonly SeedRun[]): readonly (readonly (readonly string[])[])[] {
  const [first] = runs;
  const steps = first?.lanes[0]?.curves.trb.map(({ step }) => step) ?? [];
  if (first === undefined || steps.length < 2 || steps.length > MOST_COLUMNS) return [];
  const rows = first.lanes.map(({ name }) => [
    name,
    ...steps.map((step) =>
      show(
        mean(
          runs.map(({ lanes }) => {
            const trb = lanes.find((lane) => lane.name === name)?.curves.trb;
            return trb?.find((point) => point.step === step)?.error ?? null;
          }),
        ),
      ),
    ),
  ]);
  return [[['trb after step', ...steps.map(String)], ...rows]];
}

function errorOf({ lanes }: SeedRun, name: string, measure: Measure): number | null {
  return lanes.find((lane: LaneRun) => lane.name === name)?.[measure] ?? null;
}

function minus(a: number | null, b: number | null | undefined): number | null {
  return a === null || b === null || b === undefined ? null : a - b;
}

function mean(values: readonly (number | null)[]): number | null {
  return spreadOf(values)?.mean ?? null;
}

function show(value: number | null): string {
  return value === null ? '-' : value.toFixed(1);
}

function divergences(runs: readonly SeedRun[]): readonly string[] {
  return runs.flatMap(({ seed, lanes }) =>
    lanes
      .filter(({ divergedAt }) => divergedAt !== null)
      .map(({ name, divergedAt }) => `${name} diverged in step ${divergedAt} with seed ${seed}.`),
  );
}

function align(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
  return rows.map((row) => line(row).join('  ')).join('\n');
}
