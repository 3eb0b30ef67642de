import type { CSSProperties } from 'react';
import { semicolonJoined, stopJoined } from '../../language/joining.ts';
import { netClass, netStyle } from '../colours.ts';
import type { PlotArea } from '../plot-area.ts';
import tooltipStyles from '../tooltip.module.css';
import type { Line, Net } from './panel.ts';

/** What a line or a bar has at the crosshair. */
export interface TipRow {
  readonly key: string;
  readonly net: Net;
  readonly what: string;
  readonly text: string;
}

interface ValueTipProps {
  readonly title: string;
  readonly x: number;
  readonly rows: readonly TipRow[];
  readonly plotArea: PlotArea;
}

const ROOM = 190;

function place(x: number, { left, width, height, bottom }: PlotArea): CSSProperties {
  const below = { bottom: height - bottom + 8 };
  if (x + ROOM < width) return { ...below, left: x + 12 };
  return x - ROOM > left ? { ...below, right: width - x + 12 } : { ...below, right: 0 };
}

/** The numbers at the crosshair. For eyes only: the pointer's own text says the same. */
export function ValueTip({ title, x, rows, plotArea }: ValueTipProps) {
  return (
    <div className={tooltipStyles.tip} data-fleeting style={place(x, plotArea)} aria-hidden="true">
      <table>
        <thead>
          <tr>
            <th scope="col" colSpan={2}>
              {title}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, net, what, text }) => (
            <tr key={key}>
              <td className={netClass(net.family)} style={netStyle(net.lightness)}>
                <span>{net.name}</span>
                {what && <span className={tooltipStyles.what}>{` ${what}`}</span>}
              </td>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ValueRow extends TipRow {
  readonly value: number;
}

/** What each line has at a position, in the order of the lines on the screen: highest first. */
export function tipRows(lines: readonly Line[], at: number, format: (value: number) => string): readonly ValueRow[] {
  return lines
    .flatMap(({ key, net, what, points }) => {
      const point = points.find((each) => each.at === at);
      return point === undefined || Number.isNaN(point.value)
        ? []
        : [{ key, net, what, value: point.value, text: format(point.value) }];
    })
    .toSorted((a, b) => b.value - a.value);
}

/** The same for those who hear it. */
export function ariaRows(title: string, rows: readonly TipRow[]): string {
  const values = rows.map(({ net, what, text }) => [net.name, what, text].filter(Boolean).join(' '));
  return stopJoined([title, semicolonJoined(values)]);
}
