import { memo } from 'react';
import type { ErrorScale } from './error-scale.ts';
import { type Frame, NARROW } from './plot-area.ts';
import type { StepScale } from './training/step-scale.ts';

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

interface StepAxisProps {
  readonly frame: Frame;
  readonly scale: StepScale;
  /** The first tick says what is counted: "step 0". */
  readonly stepNumber: (step: number) => string;
}

/** The steps under the curves. */
export const StepAxis = memo(function StepAxis({ frame, scale, stepNumber }: StepAxisProps) {
  const count = frame.width < NARROW ? 3 : Math.max(4, Math.min(8, Math.floor((frame.right - frame.left) / 96)));
  const ticks = scale.ticks(count);
  return (
    <g>
      {ticks.map((tick, i) => (
        <text
          key={tick}
          x={scale.x(tick)}
          y={frame.height - 8}
          textAnchor={i === 0 && scale.x(tick) < frame.left + 16 ? 'start' : 'middle'}
        >
          {i === 0 ? stepNumber(tick) : tick}
        </text>
      ))}
    </g>
  );
});
