import type { CSSProperties } from 'react';
import type { Frame } from '../../frame.ts';
import { netClass, netStyle } from '../../tone.ts';
import type { Net } from '../net.ts';

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
  readonly frame: Frame;
}

const ROOM = 190;

function place(x: number, { left, width, height, bottom }: Frame): CSSProperties {
  const below = { bottom: height - bottom + 8 };
  if (x + ROOM < width) return { ...below, left: x + 12 };
  return x - ROOM > left ? { ...below, right: width - x + 12 } : { ...below, right: 0 };
}

/** The numbers at the crosshair. For eyes only: the pointer's own text says the same. */
export function ValueTip({ title, x, rows, frame }: ValueTipProps) {
  return (
    <div className="tip" style={place(x, frame)} aria-hidden="true">
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
              <td className={netClass(net.family)} style={netStyle(net.tone)}>
                <span>{net.name}</span>
                {what && <span className="what">{` ${what}`}</span>}
              </td>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
