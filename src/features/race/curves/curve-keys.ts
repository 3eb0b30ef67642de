import { MAX_DETAILED_LANES } from '../../../charts/plot-area.ts';
import { seedCount } from '../../../charts/series/seeds.ts';
import type { Series } from '../../../charts/series/series.ts';
import type { LinesShown } from '../../../charts/training/use-axes.ts';
import { say } from '../../../language/say.ts';
import type { LineKey } from '../../share/figures/standalone.ts';

/** The kinds of line in a picture of the curves; of many nets, and of runs behind them, only the means are drawn. */
export function curveKeys(
  window: number,
  series: readonly Series[],
  past: readonly Series[],
  shows: LinesShown,
): readonly LineKey[] {
  const smooth: LineKey = { text: say('charts.stepMean', { window }), width: 2.5 };
  const seeds = seedCount([...series, ...past]);
  const band: LineKey = { text: say('charts.seedBand', { seeds }), width: 8, opacity: 0.25 };
  const bands = seeds > 0 ? [band] : [];
  if (series.length > MAX_DETAILED_LANES) return [smooth, ...bands];
  const steps: readonly LineKey[] =
    shows.eachStep && window > 1 && seedCount(series) === 0
      ? [{ text: say('charts.eachStep'), width: 1, opacity: 0.5 }]
      : [];
  const tests: readonly LineKey[] = shows.newPictures
    ? [{ text: say('charts.newPictures'), width: 1.5, dash: '5 4' }]
    : [];
  return [smooth, ...bands, ...steps, ...tests];
}
