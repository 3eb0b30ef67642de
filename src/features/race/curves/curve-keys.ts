import { englishLabels } from '../../../charts/labels/labels.ts';
import { MAX_DETAILED_LANES } from '../../../charts/plot-area.ts';
import { seedCount } from '../../../charts/series/seeds.ts';
import type { Series } from '../../../charts/series/series.ts';
import type { LineKey } from '../../share/figures/standalone.ts';

/** The kinds of line in a picture of the curves; of many nets, and of runs behind them, only the means are drawn. */
export function curveKeys(window: number, series: readonly Series[], past: readonly Series[]): readonly LineKey[] {
  const { mean, eachStep, test } = englishLabels.trainingError;
  const smooth: LineKey = { text: mean(window), width: 2.5 };
  const seeds = seedCount([...series, ...past]);
  const band: LineKey = { text: englishLabels.seeds.band(seeds), width: 8, opacity: 0.25 };
  const bands = seeds > 0 ? [band] : [];
  if (series.length > MAX_DETAILED_LANES) return [smooth, ...bands];
  const steps: readonly LineKey[] =
    window > 1 && seedCount(series) === 0 ? [{ text: eachStep, width: 1, opacity: 0.5 }] : [];
  return [smooth, ...bands, ...steps, { text: test, width: 1.5, dash: '5 4' }];
}
