import type { Spread } from '../series/spread.ts';
import type { CrossValue } from '../training/cross-values.ts';
import type { ChartLabels } from './labels.ts';

/** The numbers at the crosshair as words, for those who hear the chart. */
export function spoken(step: number, values: readonly CrossValue[], labels: ChartLabels): string {
  const { train, test } = labels.trainingError;
  const about = (spread: Spread | null) =>
    spread === null
      ? ''
      : `, ${labels.seeds.spoken(labels.percent(spread.low), labels.percent(spread.high), spread.count)}`;
  const lanes = values.flatMap(({ series, mean, test: point, spread, testSpread }) => {
    if (mean === null) return [];
    const tested = point ? `, ${test} ${labels.percent(point.error)}${about(testSpread)}` : '';
    return [`${series.name}: ${train} ${labels.percent(mean)}${about(spread)}${tested}`];
  });
  return `${labels.stepNumber(step)}. ${lanes.join('; ')}`;
}
