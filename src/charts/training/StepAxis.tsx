import { memo } from 'react';
import { type Frame, NARROW } from '../frame.ts';
import type { StepScale } from './step-scale.ts';

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
