import { spreadOf } from '../../src/charts/series/seeds.ts';
import type { Experiment } from '../../src/core/experiment/experiment.ts';
import { wrapped } from '../../src/core/lines.ts';
import { traitText } from '../../src/features/runs/traits.ts';
import { say } from '../../src/language/say.ts';
import { insightRows } from './insight-table.ts';
import type { Outcome } from './jobs.ts';
import type { LaneRun, SeedRun } from './record.ts';

type Measure = 'trb' | 'testError';

const MOST_COLUMNS = 14;
/** Columns of a terminal within which sentences are broken. */
const WIDTH = 110;

const MEASURES: readonly Measure[] = ['trb', 'testError'];

/** The result tables: each net's errors and the gaps between the nets, as means over the seeds and seed by seed. */
export function summary(experiment: Experiment, outcomes: readonly Outcome[]): string {
  const { data, lanes, until } = experiment;
  const [first] = outcomes;
  if (first === undefined) return say('terminal.nothing');
  const runs = outcomes.map(({ run }) => run);
  const names = lanes.map(({ name }) => name);
  const { backend, adapter } = first.device;
  const head = [
    say('terminal.heading', { data: traitText('data', experiment), size: data.size, steps: until, backend, adapter }),
    ...wrapped(
      say('terminal.about', { ...first.images, majority: first.majority.toFixed(1) }),
      (line) => cellsOf(line) <= WIDTH,
    ),
  ];
  const tables = MEASURES.map((measure) => {
    const errors = names.map((name) => [name, runs.map((run) => errorOf(run, name, measure))] as const);
    const gaps = errors.flatMap(([name, values], index) =>
      errors
        .slice(0, index)
        .map(
          ([other, others]) => [`${name} - ${other}`, values.map((each, seed) => minus(each, others[seed]))] as const,
        ),
    );
    const columns = [say('terminal.mean'), ...runs.map(({ seed }) => say('terminal.seedNumber', { seed }))];
    const rows = [...errors, ...gaps].map(([label, values]) => [label, ...[mean(values), ...values].map(show)]);
    return align([[say(`terminal.measure.${measure}`), ...columns], ...rows]);
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
  return [[[say('terminal.trbAfter'), ...steps.map(String)], ...rows]];
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
      .map(({ name, divergedAt }) => say('terminal.diverged', { net: name, step: divergedAt ?? 0, seed })),
  );
}

function align(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => cellsOf(row[column] ?? ''))));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => {
      const space = ' '.repeat((widths[column] ?? 0) - cellsOf(cell));
      return column === 0 ? cell + space : space + cell;
    });
  return rows.map((row) => line(row).join('  ')).join('\n');
}

/** The cells of a terminal that a text takes: two for each Chinese character and its punctuation. */
function cellsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);
}

const WIDE = /[\u2e80-\u9fff\uff00-\uff60]/;
