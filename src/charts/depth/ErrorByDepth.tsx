import '../head.css';
import '../plot.css';
import '../charts.css';
import { max } from 'd3';
import type { ReactNode } from 'react';
import { type ChartLabels, englishLabels } from '../labels/labels.ts';
import { useWidth } from '../plot-area.ts';
import { seedCount } from '../series/seeds.ts';
import type { Baseline, Series } from '../series/series.ts';
import { DepthPlot } from './DepthPlot.tsx';
import { type DepthPoint, depthPoints } from './depth-points.ts';

export interface ErrorByDepthProps {
  readonly series: readonly Series[];
  readonly baseline: Baseline | null;
  /** Steps in the running mean. */
  readonly window: number;
  /** From `yDomain`, so that both figures share it. */
  readonly yDomain: readonly [number, number];
  /** The step under the crosshair of all charts; null is now. */
  readonly hoverStep: number | null;
  /** The lane under the pointer, by id. */
  readonly hoveredId: string | null;
  readonly onHover: (id: string | null) => void;
  /** The height of the curves beside it. */
  readonly height: number;
  /** Tools in the head, for what is drawn. */
  readonly tools?: ((points: readonly DepthPoint[], step: number) => ReactNode) | undefined;
  readonly labels?: ChartLabels | undefined;
}

/** The figure of error by depth: what the curves say at one step, in the order of the nets' depths. */
export function ErrorByDepth(props: ErrorByDepthProps) {
  const { series, window, hoverStep, tools, labels = englishLabels, ...rest } = props;
  const [attach, width] = useWidth<HTMLDivElement>();
  const last = max(series, ({ steps }) => steps) ?? 0;
  const step = Math.min(hoverStep ?? last, last);
  const points = depthPoints(series, window, step);
  const words = labels.depth;
  const seeds = seedCount(series);
  return (
    <figure className="fig" aria-label={words.name}>
      <div className="fig-head">
        <h2>{words.title}</h2>
        {step > 0 && <span className="fig-note">{words.atStep(step)}</span>}
        {step > 0 && seeds > 0 && <span className="fig-note">{labels.seeds.count(seeds)}</span>}
        {step > 0 && tools && <div className="fig-tools">{tools(points, step)}</div>}
      </div>
      <div ref={attach} className="plot" data-picture style={{ height: rest.height }}>
        {width !== null && <DepthPlot {...rest} series={series} points={points} width={width} labels={labels} />}
      </div>
      <div className="vh">
        <table>
          <caption>{words.title}</caption>
          <thead>
            <tr>
              <th scope="col">{words.net}</th>
              <th scope="col">{words.layers}</th>
              <th scope="col">{words.shortcuts}</th>
              <th scope="col">{words.error}</th>
              {seeds > 0 && (
                <>
                  <th scope="col">{labels.seeds.low}</th>
                  <th scope="col">{labels.seeds.high}</th>
                  <th scope="col">{labels.seeds.seeds}</th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {points.map(({ series: one, error, spread }) => (
              <tr key={one.id}>
                <th scope="row">{one.name}</th>
                <td>{one.depth}</td>
                <td>{one.shortcuts}</td>
                <td>{labels.percent(error)}</td>
                {spread !== null && (
                  <>
                    <td>{labels.percent(spread.low)}</td>
                    <td>{labels.percent(spread.high)}</td>
                    <td>{spread.count}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
