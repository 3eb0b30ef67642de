import { memo } from 'react';
import { say } from '../language/say.ts';
import type { ErrorScale } from './error-scale.ts';
import plotStyles from './plot.module.css';
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
          <line className={plotStyles.gridLine} x1={plotArea.left} x2={to} />
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
}

/** The steps under the curves; the first tick says what is counted: "step 0". */
export const StepAxis = memo(function StepAxis({ plotArea, scale }: StepAxisProps) {
  const fitting =
    plotArea.width < NARROW ? 3 : Math.max(4, Math.min(8, Math.floor((plotArea.right - plotArea.left) / 96)));
  const ticks = scale.ticks(fitting);
  return (
    <g>
      {ticks.map((tick, i) => (
        <text
          key={tick}
          x={scale.x(tick)}
          y={plotArea.height - 8}
          textAnchor={i === 0 && scale.x(tick) < plotArea.left + 16 ? 'start' : 'middle'}
        >
          {say(i === 0 ? 'charts.stepNumber' : 'charts.stepAlone', { step: tick })}
        </text>
      ))}
    </g>
  );
});

/** The height of `LowerIsBetter`, and the room from its left edge to its words. */
export const LOWER_IS_BETTER = { height: 24, indent: 12 } as const;

/** An arrow down and what it means, above (x, y): which way of an error axis is good. */
export function LowerIsBetter({ x, y }: { readonly x: number; readonly y: number }) {
  const { height, indent } = LOWER_IS_BETTER;
  return (
    <g className={plotStyles.better} transform={`translate(${x} ${y})`}>
      <path d={`M4 ${-height}V-2M0 -6L4 -2L8 -6`} />
      <text x={indent + 4} y={-height / 2 + 4}>
        {say('charts.lowerIsBetter')}
      </text>
    </g>
  );
}
