import { say } from '../../language/say.ts';
import plotStyles from '../plot.module.css';
import type { EndLabel } from './EndLabels.tsx';
import { textWidth } from './text-width.ts';

/** How far one net is behind another, as the story claims it. */
export interface Gap {
  /** The ids of both series. */
  readonly worse: string;
  readonly better: string;
  /** In whole points, as in the sentence. */
  readonly points: number;
}

/** A line between the ends of two curves, and the number beside it. */
export interface GapLine {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly text: string;
}

const SIZE = 12;
/** Free between the ends and the line, and between the line and its number. */
const AWAY = 8;
/** The shortest line that has room for a number between two names. */
const LEAST = 30;
const APART = 15;

/** Where the line of a gap stands; null where it would be short, or its number would lie over another label. */
export function gapLine(gap: Gap, ends: readonly EndLabel[], baseline: number | null): GapLine | null {
  const worse = ends.find(({ series }) => series.id === gap.worse);
  const better = ends.find(({ series }) => series.id === gap.better);
  if (worse === undefined || better === undefined || !worse.ends || !better.ends || worse.x0 !== better.x0) return null;
  const [top, bottom] = [worse.y0 + AWAY, better.y0 - AWAY];
  if (bottom - top < LEAST) return null;
  const text = say('charts.points', { points: gap.points });
  const middle = (top + bottom) / 2;
  const right = worse.x0 + AWAY + textWidth(text, SIZE, true);
  const inTheWay = ends.some(({ x, rows }) => x < right && rows.some(({ y }) => Math.abs(y - middle) < APART));
  if (inTheWay || (baseline !== null && Math.abs(baseline - middle) < APART)) return null;
  return { x: worse.x0, top, bottom, text };
}

/** The gap between two nets at the end of their curves, in points. */
export function EndGap({ x, top, bottom, text }: GapLine) {
  return (
    <g className={plotStyles.gap}>
      <path d={`M${x} ${top}V${bottom}`} />
      <text x={x + AWAY} y={(top + bottom) / 2 + 4}>
        {text}
      </text>
    </g>
  );
}
