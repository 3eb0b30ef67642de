import type { Frame } from '../frame.ts';
import { netClass, netStyle } from '../tone.ts';
import type { CrossValue } from './cross-values.ts';

interface CrosshairProps {
  readonly x: number;
  readonly values: readonly CrossValue[];
  readonly frame: Frame;
  readonly y: (error: number) => number;
}

/** A line at one step, and a dot where each lane was. */
export function Crosshair({ x, values, frame, y }: CrosshairProps) {
  return (
    <g className="cross">
      <line x1={x} x2={x} y1={frame.top - 4} y2={frame.bottom} />
      {values.map(({ series, mean }) =>
        mean === null ? null : (
          <circle
            key={series.id}
            className={`dot ${netClass(series.family)}`}
            style={netStyle(series.tone)}
            r={4}
            cx={x}
            cy={Math.max(frame.top, y(mean))}
          />
        ),
      )}
    </g>
  );
}
