import type { VggNet } from '../net.ts';
import type { Graph } from '../node.ts';
import { GraphBuilder, scaled } from './builder.ts';

/** 3x3 convolutions of each stage, and their filters. */
const CONVOLUTIONS = { 16: [2, 2, 3, 3, 3], 19: [2, 2, 4, 4, 4] } as const;
const CHANNELS = [64, 128, 256, 512, 512];

/**
 * Five stages, each pooled at its end, and three dense layers. A map must have a pixel left at the end: of images below
 * 32 pixels a side the first stages are not pooled.
 */
export function vggGraph(net: VggNet, size: number, classes: number): Graph {
  const builder = new GraphBuilder();
  const stages = CONVOLUTIONS[net.depth];
  const pools = Math.min(stages.length, Math.floor(Math.log2(size)));
  let last = builder.input(size);
  for (const [stage, convolutions] of stages.entries()) {
    const channels = scaled(CHANNELS[stage] ?? 512, net.width);
    for (let nth = 1; nth <= convolutions; nth++) {
      const name = (what: string) => `stage${stage + 1}.${what}${nth}`;
      const conv = builder.conv(name('conv'), last, channels, { bias: true });
      last = builder.relu(name('relu'), net.norm ? builder.norm(name('norm'), conv) : conv);
    }
    const isPooled = stage >= stages.length - pools;
    if (isPooled) last = builder.maxPool(`stage${stage + 1}.pool`, last, { kernel: 2 });
  }
  last = builder.flatten('head.flatten', last);
  for (const nth of [1, 2]) {
    const dense = builder.dense(`head.dense${nth}`, last, scaled(4096, net.width));
    last = builder.dropout(`head.dropout${nth}`, builder.relu(`head.relu${nth}`, dense), 0.5);
  }
  builder.dense('head.dense', last, classes);
  return builder.graph;
}
