import type { Frame } from '../frame.ts';
import { fitText } from '../labels/text-width.ts';
import { netClass, netStyle } from '../tone.ts';
import { AFTER, endWords, WORD_SIZE } from './end-words.ts';
import type { Line, Point, Rule } from './panel.ts';

interface EndWordsProps {
  readonly lines: readonly Line[];
  readonly rules: readonly Rule[];
  readonly named: boolean;
  readonly frame: Frame;
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  readonly format: (value: number) => string;
}

const drawn = (points: readonly Point[], y: (value: number) => number) =>
  points.filter(({ value }) => Number.isFinite(y(value)));

/** The nets' names where their lines end, the first values where they begin, and the names of levels. */
export function EndWords({ lines, rules, named, frame, x, y, format }: EndWordsProps) {
  const ends = lines.flatMap(({ key, net, points, faint, end, start }) => {
    const all = drawn(points, y);
    const [first, last] = [all[0], all.at(-1)];
    if (faint || first === undefined || last === undefined) return [];
    return [{ key, net, text: end ?? net.name, x: x(last.at), y: y(last.value), start: start === true ? first : null }];
  });
  // The highest has its first value above it, the others below.
  const highest = Math.max(...ends.flatMap(({ start }) => start?.value ?? []));
  const levels = named
    ? rules.map(({ at, text }) => ({ text, x: frame.right, y: y(at) })).filter(({ text }) => text)
    : [];
  const places = endWords([...ends, ...levels], frame.top, frame.bottom);
  return (
    <g>
      {ends.map(({ key, net, text, x: x0, y: y0, start }, index) => {
        const y1 = places[index] ?? y0;
        const words = fitText(text, frame.width - x0 - AFTER, WORD_SIZE, true);
        return (
          <g key={key} className={netClass(net.family)} style={netStyle(net.tone)}>
            <circle className="dot" r={3.5} cx={x0} cy={y0} />
            {start !== null && (
              <>
                <circle className="dot" r={3.5} cx={x(start.at)} cy={y(start.value)} />
                <text className="name start" x={x(start.at) + 9} y={y(start.value) + (start.value < highest ? 16 : -8)}>
                  {format(start.value)}
                </text>
              </>
            )}
            {named && (
              <>
                <path className="lead" d={`M${x0 + 5} ${y0}L${x0 + AFTER - 2} ${y1}`} />
                <text className="name" x={x0 + AFTER} y={y1 + 4}>
                  {words}
                </text>
              </>
            )}
          </g>
        );
      })}
      {levels.map(({ text, x: x0 }, index) => (
        <text key={text} x={x0 + AFTER} y={(places[ends.length + index] ?? 0) + 4}>
          {text}
        </text>
      ))}
    </g>
  );
}
