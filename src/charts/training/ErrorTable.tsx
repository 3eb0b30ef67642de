import { max } from 'd3';
import { say } from '../../language/say.ts';
import { netClass, netStyle } from '../colours.ts';
import { errorText } from '../error-scale.ts';
import { meanAt } from '../series/running-mean.ts';
import { type Spread, seedCount, seedRange, seedsAt, seedTestsAt, sharedSeedCount } from '../series/seeds.ts';
import { isThereAt, labelOf, type Series, testAt } from '../series/series.ts';

const ROWS = 60;

/** What the numbers are. Where not all are means over equally many seeds, the heads of the columns say over how many. */
export function captionOf(window: number, series: readonly Series[]): string {
  const title = say('charts.trainingErrorByStep');
  const mean = say('charts.stepMean', { window });
  if (seedCount(series) === 0) return say('charts.tableOf', { title, mean });
  const seeds = sharedSeedCount(series);
  const told = seeds === null ? say('charts.seedTableSome') : say('charts.seedTable', { seeds });
  return say('charts.tableOfSeeds', { title, mean, seeds: told });
}

interface ErrorTableProps {
  readonly series: readonly Series[];
  readonly window: number;
  readonly height: number;
}

/** The curves as numbers: of each net that there was the mean at some of the steps, and each test beside the row in which it was measured. */
export function ErrorTable({ series, window, height }: ErrorTableProps) {
  const steps = tableSteps(max(series, (one) => one.steps) ?? 0, ROWS);
  const withRange = (error: number, spread: Spread | null) => {
    const text = errorText(error);
    return spread === null ? text : `${text} (${seedRange(spread)})`;
  };
  const cells = (one: Series, step: number, before: number) => {
    if (!isThereAt(one, step)) return ['', ''] as const;
    const mean = meanAt(one, window, step);
    const point = testAt(one, step);
    const measured = point && point.step > before ? withRange(point.error, seedTestsAt(one, step)) : '';
    return [mean === null ? '' : withRange(mean, seedsAt(one, window, step)), measured] as const;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="fig-table" style={{ maxHeight: height }} tabIndex={0} aria-label={say('charts.trainingError')}>
      <table>
        <caption className="vh">{captionOf(window, series)}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {say('charts.step')}
            </th>
            {series.map((one) => (
              <th
                key={one.id}
                scope="colgroup"
                colSpan={2}
                className={netClass(one.family)}
                style={netStyle(one.lightness)}
              >
                {one.seeds === undefined
                  ? labelOf(one)
                  : say('charts.withSeeds', { net: labelOf(one), seeds: one.seeds.counted.length })}
              </th>
            ))}
          </tr>
          <tr>
            {series.flatMap((one) => [
              <th key={`${one.id} train`} scope="col">
                {say('charts.train')}
              </th>,
              <th key={`${one.id} test`} scope="col">
                {say('charts.test')}
              </th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {steps.map((step, i) => (
            <tr key={step}>
              <th scope="row">{say('charts.stepAlone', { step })}</th>
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
