import { LESION_KINDS, LESION_STATISTICS } from '../../src/core/results/lesion.ts';
import { say } from '../../src/language/say.ts';
import type { InsightRun } from './insight.ts';

/** Tables of lesion and probe results: one row each, means over blocks and seeds. */
export function insightRows(runs: readonly InsightRun[]): readonly (readonly (readonly string[])[])[] {
  return [lesionRows(runs), randomRows(runs), probeRows(runs)].filter((rows) => rows.length > 1);
}

function lesionRows(runs: readonly InsightRun[]): readonly (readonly string[])[] {
  const sweeps = runs.flatMap(({ lesions }) => lesions);
  const lanes = [...new Set(sweeps.map(({ lane }) => lane))];
  const rows = lanes.flatMap((lane) =>
    LESION_KINDS.flatMap((kind) => {
      const own = sweeps.filter((sweep) => sweep.lane === lane && sweep.kind === kind);
      if (own.every(({ bars }) => bars.length === 0)) return [];
      const cells = LESION_STATISTICS.flatMap((statistics) => {
        const jumps = own.flatMap(({ before, bars }) =>
          bars.map(({ errors }) => (errors[statistics] ?? Number.NaN) - (before[statistics] ?? Number.NaN)),
        );
        const before = mean(own.map((sweep) => sweep.before[statistics] ?? Number.NaN));
        const range = `[${signed(Math.min(...jumps))}, ${signed(Math.max(...jumps))}]`;
        return [show(before, fixed), show(mean(jumps), (jump) => `${signed(jump)} ${range}`)];
      });
      return [[lane, say('terminal.kind', { kind }), ...cells]];
    }),
  );
  return [
    [
      say('terminal.lesions'),
      '',
      ...LESION_STATISTICS.flatMap((statistics) => [
        say('terminal.statistics', { statistics }),
        say('terminal.meanRange'),
      ]),
    ],
    ...rows,
  ];
}

/** Errors with batch statistics by the number of lesions at once, means over trials and seeds. */
function randomRows(runs: readonly InsightRun[]): readonly (readonly string[])[] {
  const studies = runs.flatMap(({ random }) => random).filter(({ curve }) => curve.length > 0);
  const most = Math.max(0, ...studies.map(({ curve }) => curve.length));
  const counts = Array.from({ length: most }, (_, index) => index + 1);
  const keys = [...new Set(studies.map(({ lane, kind }) => JSON.stringify([lane, kind])))];
  const rows = keys.flatMap((key) => {
    const own = studies.filter(({ lane, kind }) => JSON.stringify([lane, kind]) === key);
    const [first] = own;
    if (first === undefined) return [];
    const at = (count: number) =>
      mean(
        own.flatMap(({ curve }) =>
          curve.flatMap((each) =>
            each.count === count ? each.trials.map(({ errors }) => errors.batch ?? Number.NaN) : [],
          ),
        ),
      );
    const cells = counts.map((count) => (count <= first.curve.length ? show(at(count), fixed) : '-'));
    return [
      [
        first.lane,
        say('terminal.kind', { kind: first.kind }),
        show(mean(own.map(({ before }) => before.batch ?? Number.NaN)), fixed),
        ...cells,
      ],
    ];
  });
  return [[say('terminal.several'), '', say('terminal.intact'), ...counts.map(String)], ...rows];
}

function probeRows(runs: readonly InsightRun[]): readonly (readonly string[])[] {
  const probes = runs.flatMap((run) => run.probes);
  const keys = [...new Set(probes.map(({ lane, name, step }) => JSON.stringify([lane, name, step])))];
  const rows = keys.flatMap((key) => {
    const own = probes.filter(({ lane, name, step }) => JSON.stringify([lane, name, step]) === key);
    const [first] = own;
    if (first === undefined) return [];
    const values = own.map(({ ratio, mean: average }) => ratio ?? average ?? Number.NaN);
    if (values.every(Number.isNaN)) return [];
    const shown = show(mean(values), (value) => value.toPrecision(3));
    return [[first.lane, say('terminal.probe', { probe: first.name }), String(first.step), shown]];
  });
  return [[say('terminal.probes'), '', say('terminal.step'), say('terminal.ratio')], ...rows];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}

/** A number as text; a dash where a net diverged, or where there is none. */
function show(value: number, text: (value: number) => string): string {
  return Number.isNaN(value) ? '-' : text(value);
}

function fixed(value: number): string {
  return value.toFixed(1);
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(1)}`;
}
