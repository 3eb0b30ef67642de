import { memo } from 'react';
import type { Frame } from '../frame.ts';
import type { Mark, MarkKind } from '../series/series.ts';
import { placeMarks } from './mark-rows.ts';
import type { StepScale } from './step-scale.ts';

// Drawn around (0, 0), the middle of the words' baseline: an arc with its top missing, an arc, a stair, an arc let down.
const GLYPHS: Readonly<Record<MarkKind, string>> = {
  cut: 'M-5 1C-5 -4 -3.4 -6.4 -1.8 -7M5 1C5 -4 3.4 -6.4 1.8 -7',
  mend: 'M-5 1C-5 -9.5 5 -9.5 5 1',
  drop: 'M-5 -6h4.5v6h5.5',
  branch: 'M-6 -3h5M-1 -3C1 -3 1 -7 5 -7M-1 -3C1 -3 1 1 5 1',
  gain: 'M-5 1C-5 -9.5 5 -9.5 5 1M-2.2 1C-2.2 -3.6 2.2 -3.6 2.2 1',
};

interface MarksProps {
  readonly marks: readonly Mark[];
  readonly frame: Frame;
  readonly steps: StepScale;
}

/** What happened to the race: a hairline down from a glyph and its words. */
export const Marks = memo(function Marks({ marks, frame, steps }: MarksProps) {
  const shown = marks.filter(({ step }) => step >= steps.view[0] && step <= steps.view[1]);
  return (
    <g>
      {placeMarks(shown, steps.x, 0, frame.width).map(({ mark, x, y, glyph, side }) => (
        <g key={`${mark.step} ${mark.kind} ${mark.text}`} className="mark" transform={`translate(${x} ${y})`}>
          <line y1={6} y2={frame.bottom - y} />
          {glyph && <path d={GLYPHS[mark.kind]} />}
          {side && (
            <text x={side === 'right' ? 10 : -10} textAnchor={side === 'right' ? 'start' : 'end'}>
              {mark.text}
            </text>
          )}
        </g>
      ))}
    </g>
  );
});
