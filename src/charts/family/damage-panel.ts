import type { BarPanel } from '../inside/bars.ts';
import { blockStops } from '../inside/layer-stops.ts';
import type { Net } from '../inside/net.ts';
import type { PanelWords } from '../inside/values/measured.ts';

export interface DamageWords extends Pick<PanelWords, 'block' | 'blockTick' | 'value'> {
  readonly intact: (value: string) => string;
  /** A block's reading: the probability of the original answer, and the name of the likeliest class now. */
  readonly says: (value: string, name: string) => string;
  readonly share: (probability: number) => string;
}

export interface DamagedAnswer {
  readonly block: number;
  /** 0 to 1. */
  readonly probability: number;
  readonly name: string;
}

/** A bar a block from the intact net's probability of its answer, in percent, down to what is left of it. */
export function damagePanel(
  net: Net,
  intact: number,
  blocks: number,
  answers: readonly DamagedAnswer[],
  words: DamageWords,
): BarPanel {
  const bars = answers.map(({ block, probability, name }) => {
    return { at: block, value: 100 * probability, text: words.says(words.share(probability), name) };
  });
  return {
    key: 'damage',
    title: '',
    groups: [{ key: net.id, net, from: 100 * intact, note: words.intact(words.share(intact)), bars }],
    stops: blockStops(blocks, words),
    y: { kind: 'linear', include: [0], unit: '%', format: words.value },
    rules: [],
  };
}
