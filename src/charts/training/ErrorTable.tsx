import { max } from 'd3';
import { netClass, netStyle } from '../colours.ts';
import type { ChartLabels } from '../labels/labels.ts';
import { meanAt } from '../series/running-mean.ts';
import { type Spread, seedCount, seedsAt, seedTestsAt } from '../series/seeds.ts';
import { type Series, testAt } from '../series/series.ts';

const ROWS = 60;

interface ErrorTableProps {
  readonly series: readonly Series[];
  readonly window: number;
  readonly height: number;
  readonly labels: ChartLabels;
}

/** The curves as numbers: the mean at some of the steps, and each test beside the row in which it was measured. */
export function ErrorTable({ series, window, height, labels }: ErrorTableProps) {
  const steps = tableSteps(max(series, (one) => one.steps) ?? 0, ROWS);
  const { name, train, test, mean: meanName } = labels.trainingError;
  const withRange = (error: number, spread: Spread | null) => {
    const text = labels.percent(error);
    if (spread === null) return text;
    return `${text} (${labels.seeds.range(labels.percent(spread.low), labels.percent(spread.high))})`;
  };
  const seeds = seedCount(series);
  const cells = (one: Series, step: number, before: number) => {
    const mean = meanAt(one, window, step);
    const point = testAt(one, step);
    const measured = point && point.step > before ? withRange(point.error, seedTestsAt(one, step)) : '';
    return [mean === null ? '' : withRange(mean, seedsAt(one, window, step)), measured] as const;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="fig-table" style={{ maxHeight: height }} tabIndex={0} aria-label={name}>
      <table>
        <caption className="vh">
          {`${labels.trainingError.title}, ${meanName(window)}, %${seeds > 0 ? `, ${labels.seeds.about(seeds)}` : ''}`}
        </caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {labels.step}
            </th>
            {series.map((one) => (
              <th
                key={one.id}
                scope="colgroup"
                colSpan={2}
                className={netClass(one.family)}
                style={netStyle(one.lightness)}
              >
                {`${one.name}${one.seeds !== undefined ? `, ${labels.seeds.count(one.seeds.counted.length)}` : ''}`}
              </th>
            ))}
          </tr>
          <tr>
            {series.flatMap((one) => [
              <th key={`${one.id} train`} scope="col">
                {train}
              </th>,
              <th key={`${one.id} test`} scope="col">
                {test}
              </th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {steps.map((step, i) => (
            <tr key={step}>
              <th scope="row">{step}</th>
              {series.flatMap((one) => {
                const [mean, measured] = cells(one, step, i === 0 ? -1 : (steps[i - 1] ?? 0));
                return [<td key={`${one.id} train`}>{mean}</td>, <td key={`${one.id} test`}>{measured}</td>];
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const STRIDES = [1, 2, 5];

/** At most `limit` steps for the rows of a table: the first, round ones, and the last. */
export function tableSteps(steps: number, limit: number): readonly number[] {
  if (steps <= 0) return [];
  let stride = 1;
  for (let power = 1; Math.floor(steps / stride) > limit - 2; power *= 10) {
    stride = STRIDES.map((one) => one * power).find((one) => steps / one <= limit - 2) ?? stride;
  }
  const round: number[] = [];
  for (let step = stride; step <= steps; step += stride) round.push(step);
  return [...new Set([1, ...round, steps])];
}
