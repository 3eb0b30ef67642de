import type { CSSProperties } from 'react';
import { say } from '../../language/say.ts';
import { netClass, netStyle } from '../colours.ts';
import { errorText } from '../error-scale.ts';
import plotStyles from '../plot.module.css';
import type { PlotArea } from '../plot-area.ts';
import { type Spread, seedRange } from '../series/seeds.ts';
import { isChangedAt, labelOf, type Mark } from '../series/series.ts';
import tooltipStyles from '../tooltip.module.css';
import { commonTestStep, type HoverValue } from './hover.ts';

interface CrosshairProps {
  readonly step: number;
  readonly x: number;
  readonly values: readonly HoverValue[];
  readonly plotArea: PlotArea;
  readonly y: (error: number) => number;
}

/** A line at one step, and a dot where each lane was. */
export function Crosshair({ step, x, values, plotArea, y }: CrosshairProps) {
  return (
    <g className={plotStyles.cross} data-fleeting>
      <line x1={x} x2={x} y1={plotArea.top - 4} y2={plotArea.bottom} />
      {values.map(({ series, mean }) =>
        mean === null ? null : (
          <circle
            key={series.id}
            className={`${plotStyles.dot} ${isChangedAt(series, step) ? plotStyles.hollow : ''} ${netClass(series.family)}`}
            style={netStyle(series.lightness)}
            r={4}
            cx={x}
            cy={Math.max(plotArea.top, y(mean))}
          />
        ),
      )}
    </g>
  );
}

interface TooltipProps {
  readonly step: number;
  readonly x: number;
  readonly values: readonly HoverValue[];
  /** What happened at this step. */
  readonly marks: readonly Mark[];
  readonly hoveredId: string | null;
  readonly plotArea: PlotArea;
}

/** What it may be wide; with the seeds' ranges wider. */
const ROOM = { plain: 236, ranges: 340 };

function place(x: number, room: number, { left, right, width, height, bottom }: PlotArea): CSSProperties {
  const below = { bottom: height - bottom + 8 };
  if (x - room > left) return { ...below, right: width - x + 14 };
  if (x + room < width) return { ...below, left: x + 14 };
  return x > (left + right) / 2 ? { ...below, left: 0 } : { ...below, right: 0 };
}

/** The numbers at the crosshair. For eyes only: the crosshair's own text says the same. */
export function Tooltip({ step, x, values, marks, hoveredId, plotArea }: TooltipProps) {
  const tested = commonTestStep(values);
  const room = values.some(({ spread }) => spread !== null) ? ROOM.ranges : ROOM.plain;
  return (
    <div className={tooltipStyles.tip} data-fleeting style={place(x, room, plotArea)} aria-hidden="true">
      <table>
        <thead>
          <tr>
            <th scope="col">{say('charts.stepNumber', { step })}</th>
            {values.length > 0 && (
              <>
                <th scope="col">{say('charts.train')}</th>
                <th scope="col">
                  {tested === null || tested === step ? say('charts.test') : say('charts.testAt', { step: tested })}
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {values.map(({ series, mean, test: point, spread, testSpread }) => (
            <tr key={series.id} className={hoveredId === series.id ? tooltipStyles.hot : undefined}>
              <td className={netClass(series.family)} style={netStyle(series.lightness)}>
                {labelOf(series, step)}
              </td>
              <td>
                <span>{mean === null ? '–' : errorText(mean)}</span>
                <Range spread={spread} />
              </td>
              <td>
                <span>{point === null ? '–' : errorText(point.error)}</span>
                <Range spread={testSpread} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {marks.map((mark) => (
        <p key={`${mark.step} ${mark.kind} ${mark.text}`}>{mark.text}</p>
      ))}
    </div>
  );
}

/** From the lowest to the highest seed, behind their mean. */
function Range({ spread }: { readonly spread: Spread | null }) {
  if (spread === null) return null;
  return <small>{seedRange(spread)}</small>;
}
