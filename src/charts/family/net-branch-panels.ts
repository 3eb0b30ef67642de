import { blockStops } from '../inside/layer-stops.ts';
import type { Net } from '../inside/net.ts';
import type { Panel } from '../inside/panel.ts';
import type { PanelWords } from '../inside/values/measured.ts';

interface Facts {
  readonly block: number;
  readonly ratio: number;
  readonly silent: number;
}

export interface NetBranchWords extends Pick<PanelWords, 'block' | 'blockTick' | 'value'> {
  readonly ratio: string;
  readonly silent: string;
}

/** Panels over the blocks of one net: ||F(x)|| / ||x||, and the share of zeros in the block's output. */
export function netBranchPanels(net: Net, blocks: readonly Facts[], words: NetBranchWords): readonly Panel[] {
  const stops = blockStops(blocks.length, words);
  const line = (of: (facts: Facts) => number) => [
    { key: net.id, net, what: '', faint: false, points: blocks.map((each) => ({ at: each.block, value: of(each) })) },
  ];
  const axis = { kind: 'linear', include: [0], unit: '', format: words.value } as const;
  return [
    {
      key: 'ratio',
      title: words.ratio,
      lines: line(({ ratio }) => ratio),
      stops,
      y: axis,
      rules: [{ at: 1, text: '' }],
    },
    {
      ...{ key: 'silent', title: words.silent, lines: line(({ silent }) => 100 * silent), stops },
      ...{ y: { ...axis, include: [0, 100], unit: '%' }, rules: [] },
    },
  ];
}
