import { memo } from 'react';
import type { ErrorScale } from './error-scale.ts';
import type { Frame } from './frame.ts';

interface ErrorAxisProps {
  readonly frame: Frame;
  readonly scale: ErrorScale;
  /** Where the grid ends, where it runs on past the plot. */
  readonly to: number;
}

/** Grid lines and their errors; the highest says that they are percents. */
export const ErrorAxis = memo(function ErrorAxis({ frame, scale, to }: ErrorAxisProps) {
  const last = scale.ticks.at(-1);
  return (
    <g>
      {scale.ticks.map((tick) => (
        <g key={tick} transform={`translate(0 ${Math.round(scale.y(tick))})`}>
          <line className="grid-line" x1={frame.left} x2={to} />
          <text x={frame.left - 8} y={4} textAnchor="end">
            {`${tick}${tick === last ? '%' : ''}`}
          </text>
        </g>
      ))}
    </g>
  );
});
