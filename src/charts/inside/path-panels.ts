import type { BarPanel } from './bars.ts';
import type { PanelWords } from './measured.ts';
import type { Net } from './net.ts';

interface Paths {
  readonly blocks: number;
  readonly lengths: readonly {
    readonly length: number;
    readonly count: number;
    readonly total: number;
  }[];
}

export interface PathWords extends PanelWords {
  readonly counts: string;
  readonly carried: string;
  readonly length: (length: number) => string;
  readonly lengthTick: (length: number) => string;
  readonly paths: (count: number) => string;
}

/** How many paths of each length a net has, and what share of all that paths carry those of each length do. */
export function pathPanels(net: Net, { blocks, lengths }: Paths, words: PathWords): readonly [BarPanel, BarPanel] {
  const stops = Array.from({ length: blocks + 1 }, (_, length) => ({
    at: length,
    name: words.length(length),
    tick: words.lengthTick(length),
  }));
  const all = lengths.reduce((sum, { count }) => sum + count, 0);
  const carried = lengths.reduce((sum, { total }) => sum + total, 0);
  const share = (part: number, whole: number) => (whole > 0 ? (100 * part) / whole : 0);
  const panel = (key: string, title: string, bars: BarPanel['groups'][number]['bars']): BarPanel => ({
    key: `${net.id} ${key}`,
    title,
    groups: [{ key: net.id, net, from: 0, note: '', bars }],
    stops,
    y: { kind: 'linear', include: [0], unit: '%', format: words.value },
    rules: [],
  });
  return [
    panel(
      'counts',
      words.counts,
      lengths.map(({ length, count }) => ({ at: length, value: share(count, all), text: words.paths(count) })),
    ),
    panel(
      'carried',
      words.carried,
      lengths.map(({ length, total }) => {
        const value = share(total, carried);
        return { at: length, value, text: `${words.percent(value)}%` };
      }),
    ),
  ];
}
