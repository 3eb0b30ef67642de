import type { DepthPoint } from '../../../charts/depth/depth-points.ts';
import { MAX_DETAILED_LANES } from '../../../charts/plot-area.ts';
import { meanAt, windowOf } from '../../../charts/series/running-mean.ts';
import { bandText, type Spread, seedCount, seedsAt, seedTestsAt } from '../../../charts/series/seeds.ts';
import { isThereAt, type Series } from '../../../charts/series/series.ts';
import { numberOn, type Shortcuts } from '../../../charts/series/shortcuts.ts';
import type { LinesShown } from '../../../charts/training/use-axes.ts';
import { branchStep } from '../../../core/experiment/lineage.ts';
import type { SavedCurve, SavedRun } from '../../../core/results/run.ts';
import { say } from '../../../language/say.ts';
import type { Cell, Records } from '../../figures/csv.ts';
import type { LineKey } from '../../figures/saved/standalone.ts';
import type { PastRace } from './past-races.ts';
import { type RunSteps, stepRecords } from './step-records.ts';

const SPREADS = ['lowest', 'highest', 'standard deviation'] as const;

/** Scripts read these files: like their heads, it is English on a Chinese page, too. */
const THIS_RACE = 'this race';

/**
 * The data of the curves: what was measured in every step, or where a line is a mean over seeds what is drawn. What the
 * figure leaves out is left out here, too: nets that are sealed or covered, and of a branch the steps before its fork.
 */
export function curveRecords(
  measured: readonly SavedCurve[],
  series: readonly Series[],
  past: readonly PastRace[],
  window: number,
): Records {
  const live = measured.flatMap((curve) =>
    series.filter(({ name }) => name === curve.lane).map(({ branchedAt }) => ({ ...curve, branchedAt })),
  );
  const tagged = past.map(({ tag, name, ...race }) => ({ ...race, lead: [`${tag}: ${name}`] }));
  const shown = [...series, ...past.flatMap((race) => race.series)];
  // A record has no single steps, even of one seed.
  const isRecord = (race: PastRace) => race.series.length > 0 && race.runs.length === 0;
  if (seedCount(shown) === 0 && !past.some(isRecord)) {
    if (past.length === 0) return stepRecords([], [{ lead: [], curves: live }]);
    const runs = tagged.flatMap(({ lead, runs: kept }) => kept.map((run) => ({ lead, curves: forkedCurves(run) })));
    return stepRecords(['run'], [{ lead: [THIS_RACE], curves: live }, ...runs]);
  }
  return {
    heads: [
      ...['run', 'net', 'seeds', 'step', 'steps in the mean'],
      ...['training error %', ...SPREADS.map((what) => `training error, ${what} %`)],
      ...['test error %', ...SPREADS.map((what) => `test error, ${what} %`)],
    ],
    rows: [{ lead: [THIS_RACE], series }, ...tagged].flatMap(({ lead, series: nets }) =>
      nets.flatMap((net) => meanRows(lead, net, window)),
    ),
  };
}

function forkedCurves({ experiment: { lanes }, curves }: SavedRun): RunSteps['curves'] {
  return curves.map((curve) => {
    const lane = lanes.find(({ name }) => name === curve.lane);
    return lane === undefined ? curve : { ...curve, branchedAt: branchStep(lane) };
  });
}

function meanRows(lead: readonly Cell[], net: Series, window: number): readonly (readonly Cell[])[] {
  const tested = new Map(net.tests.map(({ step, error }) => [step, error]));
  const steps = Array.from({ length: net.steps }, (_, index) => index + 1);
  return steps
    .filter((step) => isThereAt(net, step))
    .map((step) => {
      const test = tested.get(step);
      return [
        ...[...lead, net.name, net.seeds?.counted.length ?? 1, step, Math.min(windowOf(net, window), step)],
        ...[meanAt(net, window, step) ?? Number.NaN, ...cellsOf(seedsAt(net, window, step))],
        ...[test ?? Number.NaN, ...cellsOf(test === undefined ? null : seedTestsAt(net, step))],
      ];
    });
}

function cellsOf(spread: Spread | null): readonly number[] {
  return spread === null ? [Number.NaN, Number.NaN, Number.NaN] : [spread.low, spread.high, spread.deviation];
}

/**
 * A row a net: its mean error over the `window` steps before `step`, and where it is a mean over seeds how these lie. A net
 * that has diverged has no error there, but the step at which it did.
 */
export function depthRecords(points: readonly DepthPoint[], step: number, window: number): Records {
  const isSpread = points.some(({ spread }) => spread !== null);
  return {
    heads: [
      ...['net', 'family', 'depth', 'shortcuts', 'step', 'steps in the mean', 'training error %', 'diverged at step'],
      ...(isSpread ? ['seeds', ...SPREADS.map((what) => `${what} %`)] : []),
    ],
    rows: points.map(({ series, error, stopped, spread }) => {
      const { name, family, depth, shortcuts, diverged = Number.NaN } = series;
      return [
        ...[name, family, depth, shortcutsCell(shortcuts), step, Math.min(window, step)],
        ...(stopped ? [Number.NaN, diverged] : [error, Number.NaN]),
        ...(isSpread ? [spread?.count ?? Number.NaN, ...cellsOf(spread)] : []),
      ];
    }),
  };
}

/** "10 of 15", in every language; empty for a net that nothing is told of. */
function shortcutsCell(shortcuts: Shortcuts | undefined): string {
  if (shortcuts === undefined || shortcuts === 'concatenated') return shortcuts ?? '';
  return `${numberOn(shortcuts)} of ${shortcuts.length}`;
}

/** The kinds of line in a picture of the curves; of many nets, and of runs behind them, only the means are drawn. */
export function curveKeys(
  window: number,
  series: readonly Series[],
  past: readonly Series[],
  shows: LinesShown,
): readonly LineKey[] {
  const smooth: LineKey = { text: say('charts.stepMean', { window }), width: 2.5 };
  const band = bandText([...series, ...past]);
  const bands: readonly LineKey[] = band === null ? [] : [{ text: band, width: 8, opacity: 0.25 }];
  if (series.length > MAX_DETAILED_LANES) return [smooth, ...bands];
  const isBehind = series.some((one) => one.seeds?.others.some((seed) => seed.steps > 0));
  const behind: readonly LineKey[] = isBehind ? [{ text: say('charts.seedBehind'), width: 1, opacity: 0.7 }] : [];
  const steps: readonly LineKey[] =
    shows.eachStep && window > 1 && seedCount(series) === 0
      ? [{ text: say('charts.eachStep'), width: 1, opacity: 0.5 }]
      : [];
  const tests: readonly LineKey[] = shows.newPictures
    ? [{ text: say('charts.newPictures'), width: 1.5, dash: '5 4' }]
    : [];
  return [smooth, ...bands, ...behind, ...steps, ...tests];
}
