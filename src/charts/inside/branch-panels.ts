import { max } from 'd3';
import { blockStops } from './layer-stops.ts';
import type { Measured, PanelWords } from './measured.ts';
import type { Panel, Rule, ValueAxis } from './panel.ts';
import { seriesLines } from './series-lines.ts';

interface Facts {
  readonly block: number;
  readonly gain: number;
  readonly ratio: number;
  readonly negative: number;
  readonly weight: number;
}

interface Branches {
  readonly blocks: readonly Facts[];
}

export interface BranchWords extends PanelWords {
  readonly ratio: string;
  readonly gain: string;
  readonly negative: string;
  readonly weight: string;
}

/** Four facts of every block as small multiples, that of the branch beside its input first. */
export function branchPanels(measured: readonly Measured<Branches>[], words: BranchWords): readonly Panel[] {
  const stops = blockStops(max(measured, ({ now }) => now.blocks.length) ?? 0, words);
  const panel = (
    key: 'ratio' | 'gain' | 'negative' | 'weight',
    of: (facts: Facts) => number,
    axis: Partial<ValueAxis> = {},
    rules: readonly Rule[] = [],
  ): Panel => ({
    key,
    title: words[key],
    lines: seriesLines(measured, ({ blocks }) => blocks.map((facts) => ({ at: facts.block, value: of(facts) })), words),
    stops,
    y: { kind: 'linear', include: [0], unit: '', format: words.value, ...axis },
    rules,
  });
  return [
    panel('ratio', ({ ratio }) => ratio, {}, [{ at: 1, text: '' }]),
    panel('gain', ({ gain }) => gain, { include: [0, 1] }),
    panel('negative', ({ negative }) => 100 * negative, { include: [0, 100], unit: '%' }),
    panel('weight', ({ weight }) => weight),
  ];
}
