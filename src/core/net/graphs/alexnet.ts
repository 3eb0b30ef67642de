import type { AlexNet } from '../net.ts';
import type { Graph } from '../node.ts';
import { SMALL_IMAGE } from '../zoo.ts';
import { GraphBuilder, scaled } from './builder.ts';

/** Filters of the five convolutions. */
const CHANNELS = { paper: [96, 256, 384, 384, 256], pytorch: [64, 192, 384, 256, 256] } as const;

/** The convolutions with two groups, one per GPU in the paper. */
const IN_TWO_GROUPS = [2, 4, 5];

/** The form of the paper normalises responses and has two groups of filters. Small images are not strided over. */
export function alexNetGraph({ form, width }: AlexNet, size: number, classes: number): Graph {
  const builder = new GraphBuilder();
  const small = size < SMALL_IMAGE;
  const channels = CHANNELS[form];
  /** Each GPU has as many filters as the other. */
  const halves = form === 'paper' ? 2 : 1;
  let last = builder.input(size);
  for (let nth = 1; nth <= channels.length; nth++) {
    const groups = IN_TWO_GROUPS.includes(nth) ? halves : 1;
    const own = halves * scaled((channels[nth - 1] ?? 0) / halves, width);
    const kernel = nth === 1 ? 11 : nth === 2 ? 5 : 3;
    const first = small ? { stride: 1, padding: 5 } : { stride: 4, padding: 2 };
    const options = { kernel, bias: true, groups, ...(nth === 1 ? first : {}) };
    last = builder.relu(`relu${nth}`, builder.conv(`conv${nth}`, last, own, options));
    if (nth <= 2 && form === 'paper') last = builder.lrn(`lrn${nth}`, last);
    if ((nth === 1 && !small) || nth === 2 || nth === 5) last = builder.maxPool(`pool${nth}`, last);
  }
  last = builder.flatten('head.flatten', last);
  for (const nth of [1, 2]) {
    const dropped = builder.dropout(`head.dropout${nth}`, last, 0.5);
    last = builder.relu(`head.relu${nth}`, builder.dense(`head.dense${nth}`, dropped, scaled(4096, width)));
  }
  builder.dense('head.dense', last, classes);
  return builder.graph;
}
