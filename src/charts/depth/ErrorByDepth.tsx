import '../figure.css';
import { max } from 'd3';
import type { ReactNode } from 'react';
import { say } from '../../language/say.ts';
import { errorText } from '../error-scale.ts';
import type { CurveGuesses } from '../guesses/guess.ts';
import plotStyles from '../plot.module.css';
import { useWidth } from '../plot-area.ts';
import { divergedSeeds, divergedText, type Spread, seedCount, sharedSeedCount } from '../series/seeds.ts';
import type { Baseline, Series } from '../series/series.ts';
import { shortcutsText } from '../series/shortcuts.ts';
import { DepthPlot, type Twins } from './DepthPlot.tsx';
import { type DepthPoint, depthPoints } from './depth-points.ts';

interface ErrorByDepthProps {
  readonly series: readonly Series[];
  readonly baseline: Baseline | null;
  /** Steps in the running mean. */
  readonly window: number;
  /** Twins of which the curves show that the residual one is better. An arrow leads to it while the last step is shown. */
  readonly twins?: Twins | null;
  /** Predictions of the errors. */
  readonly guesses?: CurveGuesses | null;
  /** From `yDomain`, so that both figures share it. */
  readonly yDomain: readonly [number, number];
  /** The step under the crosshair of all charts; null is now. */
  readonly hoverStep: number | null;
  /** The lane under the pointer, by id. */
  readonly hoveredId: string | null;
  readonly onHover: (id: string | null) => void;
  /** The height of the curves beside it. */
  readonly height: number;
  /** The figure's accessible name, where the page has another of its kind. */
  readonly label?: string;
  /** The title, where it is more than words. */
  readonly title?: ReactNode;
  /** The title's level, which is below that of the part of the page around the figure. */
  readonly heading?: 'h2' | 'h4';
  /** Tools in the head, for what is drawn. */
  readonly tools?: ((points: readonly DepthPoint[], step: number) => ReactNode) | undefined;
}

/** The figure of error by depth: what the curves say at one step, in the order of the nets' depths. */
export function ErrorByDepth(props: ErrorByDepthProps) {
  const {
    series,
    window,
    hoverStep,
    tools,
    label,
    title = say('charts.errorByDepth'),
    heading: Heading = 'h2',
    twins = null,
    ...rest
  } = props;
  const [attach, width] = useWidth<HTMLDivElement>();
  // The step at which a net diverges is none that it made.
  const last = max(series, ({ steps, diverged = 0 }) => Math.max(steps, diverged)) ?? 0;
  const step = Math.min(hoverStep ?? last, last);
  const points = depthPoints(series, window, step);
  const hasMeans = seedCount(series) > 0;
  const seeds = sharedSeedCount(series);
  const guessed = new Map(rest.guesses?.nets.flatMap(({ id, error }) => (error === null ? [] : [[id, error]])));
  return (
    <figure className="fig" aria-label={label ?? say('charts.errorByDepth')}>
      <div className="fig-head">
        <Heading>{title}</Heading>
        {step > 0 && <span className="fig-note">{say('charts.atStep', { step })}</span>}
        {step > 0 && seeds !== null && <span className="fig-note">{say('charts.seedCount', { seeds })}</span>}
        {step > 0 && tools && <div className="fig-tools">{tools(points, step)}</div>}
      </div>
      <div ref={attach} className={plotStyles.plot} data-picture style={{ height: rest.height }}>
        {width !== null && (
          <DepthPlot {...rest} series={series} points={points} twins={step === last ? twins : null} width={width} />
        )}
      </div>
      <div className="vh">
        <table>
          <caption>{say('charts.errorByDepth')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('charts.net')}</th>
              <th scope="col">{say('charts.layers')}</th>
              <th scope="col">{say('charts.shortcuts')}</th>
              <th scope="col">{say('charts.trainingError')}</th>
              {guessed.size > 0 && <th scope="col">{say('charts.yourGuess')}</th>}
              {hasMeans && (
                <>
                  <th scope="col">{say('charts.lowest')}</th>
                  <th scope="col">{say('charts.highest')}</th>
                  <th scope="col">{say('charts.seeds')}</th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {points.map(({ series: one, error, spread, stopped }) => (
              <tr key={one.id}>
                <th scope="row">{one.name}</th>
                <td>{one.depth}</td>
                <td>{one.shortcuts && shortcutsText(one.shortcuts)}</td>
                <td>{stopped ? divergedText(divergedSeeds(one), one.diverged ?? step) : errorText(error)}</td>
                {guessed.size > 0 && <td>{guessed.get(one.id) ?? ''}</td>}
                {hasMeans && <SpreadCells spread={spread} />}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

function SpreadCells({ spread }: { readonly spread: Spread | null }) {
  return (
    <>
      <td>{spread === null ? '' : errorText(spread.low)}</td>
      <td>{spread === null ? '' : errorText(spread.high)}</td>
      <td>{spread?.count}</td>
    </>
  );
}
