import type { Line } from '../panel.ts';
import type { TipRow } from './ValueTip.tsx';

export interface ValueRow extends TipRow {
  readonly value: number;
}

/** What each line has at a position, in the order of the lines on the screen: highest first. */
export function tipRows(lines: readonly Line[], at: number, format: (value: number) => string): readonly ValueRow[] {
  return lines
    .flatMap(({ key, net, what, points }) => {
      const point = points.find((each) => each.at === at);
      return point === undefined || Number.isNaN(point.value)
        ? []
        : [{ key, net, what, value: point.value, text: format(point.value) }];
    })
    .toSorted((a, b) => b.value - a.value);
}

/** The same for those who hear it. */
export function spokenRows(title: string, rows: readonly TipRow[]): string {
  return `${title}. ${rows.map(({ net, what, text }) => [net.name, what, text].filter(Boolean).join(' ')).join('; ')}`;
}
