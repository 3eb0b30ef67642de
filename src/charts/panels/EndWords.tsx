import { netClass, netStyle } from '../colours.ts';
import { dodge } from '../labels/placement.ts';
import { fitText, textWidth } from '../labels/text-width.ts';
import plotStyles from '../plot.module.css';
import type { PlotArea } from '../plot-area.ts';
import type { Line, Point, Rule } from './panel.ts';
import panelsStyles from './panels.module.css';

/** Font size of the words at the ends of lines, in pixels. */
export const WORD_SIZE = 12;
const APART = 14;
/** From the end of a line to its words. */
export const AFTER = 12;

/** Words that want to stand at a height, behind the end of a line at `x`. */
export interface EndWish {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** The heights at which words at the ends of lines stand: pushed `apart` where they would lie over each other. */
export function endWords(wishes: readonly EndWish[], low: number, high: number, apart = APART): readonly number[] {
  const places = wishes.map(({ y }) => y);
  const spans = wishes.map(({ x, text }, index) => ({
    index,
    from: x,
    to: x + AFTER + textWidth(text, WORD_SIZE, true),
  }));
  const groups: { members: number[]; to: number }[] = [];
  for (const { index, from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const group = groups.at(-1);
    if (group !== undefined && from < group.to) {
      group.members.push(index);
      group.to = Math.max(group.to, to);
    } else groups.push({ members: [index], to });
  }
  for (const { members } of groups) {
    const moved = dodge(
      members.map((index) => places[index] ?? 0),
      apart,
      low,
      high,
    );
    members.forEach((index, at) => {
      places[index] = moved[at] ?? 0;
    });
  }
  return places;
}

/** The room that words need behind the ends of lines, within reason. */
export function endRoom(texts: readonly string[], width: number): number {
  const widest = Math.max(0, ...texts.map((text) => textWidth(text, WORD_SIZE, true)));
  return Math.round(Math.max(16, Math.min(AFTER + widest + 4, width * 0.34)));
}

interface EndWordsProps {
  readonly lines: readonly Line[];
  readonly rules: readonly Rule[];
  readonly named: boolean;
  readonly plotArea: PlotArea;
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  readonly format: (value: number) => string;
}

const drawn = (points: readonly Point[], y: (value: number) => number) =>
  points.filter(({ value }) => Number.isFinite(y(value)));

/** The nets' names where their lines end, the first values where they begin, and the names of levels. */
export function EndWords({ lines, rules, named, plotArea, x, y, format }: EndWordsProps) {
  const ends = lines.flatMap(({ key, net, points, faint, end, start }) => {
    const all = drawn(points, y);
    const [first, last] = [all[0], all.at(-1)];
    if (faint || first === undefined || last === undefined) return [];
    return [{ key, net, text: end ?? net.name, x: x(last.at), y: y(last.value), start: start === true ? first : null }];
  });
  // The highest has its first value above it, the others below.
  const highest = Math.max(...ends.flatMap(({ start }) => start?.value ?? []));
  const levels = named
    ? rules.map(({ at, text }) => ({ text, x: plotArea.right, y: y(at) })).filter(({ text }) => text)
    : [];
  const places = endWords([...ends, ...levels], plotArea.top, plotArea.bottom);
  return (
    <g>
      {ends.map(({ key, net, text, x: x0, y: y0, start }, index) => {
        const y1 = places[index] ?? y0;
        const words = fitText(text, plotArea.width - x0 - AFTER, WORD_SIZE, true);
        return (
          <g key={key} className={netClass(net.family)} style={netStyle(net.lightness)}>
            <circle className={plotStyles.dot} r={3.5} cx={x0} cy={y0} />
            {start !== null && (
              <>
                <circle className={plotStyles.dot} r={3.5} cx={x(start.at)} cy={y(start.value)} />
                <text
                  className={`${plotStyles.name} ${panelsStyles.start}`}
                  x={x(start.at) + 9}
                  y={y(start.value) + (start.value < highest ? 16 : -8)}
                >
                  {format(start.value)}
                </text>
              </>
            )}
            {named && (
              <>
                <path className={plotStyles.lead} d={`M${x0 + 5} ${y0}L${x0 + AFTER - 2} ${y1}`} />
                <text className={plotStyles.name} x={x0 + AFTER} y={y1 + 4}>
                  {words}
                </text>
              </>
            )}
          </g>
        );
      })}
      {levels.map(({ text, x: x0 }, index) => (
        <text key={text} x={x0 + AFTER} y={(places[ends.length + index] ?? 0) + 4}>
          {fitText(text, plotArea.width - x0 - AFTER, WORD_SIZE)}
        </text>
      ))}
    </g>
  );
}
