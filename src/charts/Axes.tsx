import { memo } from 'react';
import type { ErrorScale } from './error-scale.ts';
import { NARROW, type PlotArea } from './plot-area.ts';
import type { StepScale } from './training/step-scale.ts';

interface ErrorAxisProps {
  readonly plotArea: PlotArea;
  readonly scale: ErrorScale;
  /** Where the grid ends, where it runs on past the plot. */
  readonly to: number;
}

/** Grid lines and their errors; the highest says that they are percents. */
export const ErrorAxis = memo(function ErrorAxis({ plotArea, scale, to }: ErrorAxisProps) {
  const last = scale.ticks.at(-1);
  return (
    <g>
      {scale.ticks.map((tick) => (
        <g key={tick} transform={`translate(0 ${Math.round(scale.y(tick))})`}>
          <line className="grid-line" x1={plotArea.left} x2={to} />
          <text x={plotArea.left - 8} y={4} textAnchor="end">
            {`${tick}${tick === last ? '%' : ''}`}
          </text>
        </g>
      ))}
    </g>
  );
});

interface StepAxisProps {
  readonly plotArea: PlotArea;
  readonly scale: StepScale;
  /** The first tick says what is counted: "step 0". */
  readonly stepNumber: (step: number) => string;
}

/** The steps under the curves. */
export const StepAxis = memo(function StepAxis({ plotArea, scale, stepNumber }: StepAxisProps) {
  const count =
    plotArea.width < NARROW ? 3 : Math.max(4, Math.min(8, Math.floor((plotArea.right - plotArea.left) / 96)));
  const ticks = scale.ticks(count);
  return (
    <g>
      {ticks.map((tick, i) => (
        <text
          key={tick}
          x={scale.x(tick)}
          y={plotArea.height - 8}
          textAnchor={i === 0 && scale.x(tick) < plotArea.left + 16 ? 'start' : 'middle'}
        >
          {i === 0 ? stepNumber(tick) : tick}
        </text>
      ))}
    </g>
  );
});
