import { greatest } from 'd3';
import type { Category, Line, Net, Panel, Point } from './panel.ts';

/** What was measured in a net, and where it was asked for, what was measured first: the pale line. */
export interface Measured<Result> {
  readonly net: Net;
  readonly now: Result;
  readonly before: (Result & { readonly step: number }) | null;
}

interface LayerValue {
  readonly layer: string;
  readonly block: number;
}

/** The words of axes, tooltips and tables. */
export interface PanelWords {
  readonly layer: (layer: string, block: number) => string;
  /** As the axis says it: "stem", "14", "head". */
  readonly layerTick: (layer: string, place: number) => string;
  /** A place in the order of the layers, counted from 1, where nets have different layers. */
  readonly place: (place: number) => string;
  readonly block: (block: number) => string;
  readonly blockTick: (block: number) => string;
  readonly step: (step: number) => string;
  /** Any size of number, as short as it can be read: "817", "0.28", "1.2e-4". */
  readonly value: (value: number) => string;
  readonly percent: (value: number) => string;
}

/** A line of each net as it is, and a pale one behind it as it was. */
export function seriesLines<Result>(
  measured: readonly Measured<Result>[],
  points: (result: Result) => readonly Point[],
  words: Pick<PanelWords, 'step'>,
  start = false,
): readonly Line[] {
  const before = measured.flatMap(({ net, before: then }): readonly Line[] =>
    then === null
      ? []
      : [{ key: `${net.id} before`, net, what: words.step(then.step), points: points(then), faint: true }],
  );
  const now = measured.map(
    ({ net, now: result }): Line => ({ key: net.id, net, what: '', points: points(result), faint: false, start }),
  );
  return [...before, ...now];
}

/** The places of the layers, as many as the deepest net has. Where nets differ in their layers, a number names the place. */
export function layerCategories(
  nets: readonly (readonly LayerValue[])[],
  words: Pick<PanelWords, 'layer' | 'layerTick' | 'place'>,
): readonly Category[] {
  const deepest = greatest(nets, (each) => each.length) ?? [];
  return deepest.map(({ layer }, index) => {
    const at = index + 1;
    const here = nets.flatMap((layers) => layers[index] ?? []);
    const [name = '', other] = new Set(here.map((each) => words.layer(each.layer, each.block)));
    if (other !== undefined) return { at, name: words.place(at), tick: String(at) };
    return { at, name, tick: words.layerTick(layer, at) };
  });
}

/** Blocks 1 to `count`. */
export function blockCategories(count: number, words: Pick<PanelWords, 'block' | 'blockTick'>): readonly Category[] {
  return Array.from({ length: count }, (_, index) => ({
    at: index + 1,
    name: words.block(index + 1),
    tick: words.blockTick(index + 1),
  }));
}

interface Facts {
  readonly block: number;
  readonly ratio: number;
  readonly silent: number;
}

interface NetBranchWords extends Pick<PanelWords, 'block' | 'blockTick' | 'value'> {
  readonly ratio: string;
  readonly silent: string;
}

/** Panels over the blocks of one net: ||F(x)|| / ||x||, and the share of zeros in the block's output. */
export function netBranchPanels(net: Net, blocks: readonly Facts[], words: NetBranchWords): readonly Panel[] {
  const categories = blockCategories(blocks.length, words);
  const line = (of: (facts: Facts) => number) => [
    { key: net.id, net, what: '', faint: false, points: blocks.map((each) => ({ at: each.block, value: of(each) })) },
  ];
  const axis = { kind: 'linear', include: [0], unit: '', format: words.value } as const;
  return [
    {
      key: 'ratio',
      title: words.ratio,
      lines: line(({ ratio }) => ratio),
      categories,
      y: axis,
      rules: [{ at: 1, text: '' }],
    },
    {
      ...{ key: 'silent', title: words.silent, lines: line(({ silent }) => 100 * silent), categories },
      ...{ y: { ...axis, include: [0, 100], unit: '%' }, rules: [] },
    },
  ];
}
