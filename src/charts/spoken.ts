import type { CrossValue } from './cross-values.ts';
import type { ChartLabels } from './labels.ts';

/** The numbers at the crosshair as words, for those who hear the chart. */
export function spoken(step: number, values: readonly CrossValue[], labels: ChartLabels): string {
  const { train, test } = labels.trainingError;
  const lanes = values.flatMap(({ series, mean, test: point }) => {
    if (mean === null) return [];
    const tested = point ? `, ${test} ${labels.percent(point.error)}` : '';
    return [`${series.name}: ${train} ${labels.percent(mean)}${tested}`];
  });
  return `${labels.stepNumber(step)}. ${lanes.join('; ')}`;
}
