import { SMALL_IMAGE } from '../family.ts';
import { blockKind, type ImageNetNet, stageBlocks } from '../net.ts';
import type { Graph } from '../node.ts';
import { block } from './blocks.ts';
import { GraphBuilder } from './builder.ts';

/** A net of table 1. Small images are neither strided over nor pooled before the first stage. */
export function imageNetGraph(net: ImageNetNet, size: number, classes: number): Graph {
  const builder = new GraphBuilder();
  const small = size < SMALL_IMAGE;
  const stem = builder.conv('stem.conv', builder.input(size), net.width, { kernel: 7, stride: small ? 1 : 2 });
  let last = builder.relu('stem.relu', builder.norm('stem.norm', stem));
  if (!small) last = builder.maxPool('stem.pool', last, { padding: 1 });
  for (const [stage, blocks] of stageBlocks(net).entries()) {
    for (let index = 1; index <= blocks; index++) {
      builder.block += 1;
      const stride = stage > 0 && index === 1 ? 2 : 1;
      last = block(builder, `stage${stage + 1}.block${index}`, last, net.width * 2 ** stage, stride, {
        kind: blockKind(net) ?? 'basic',
        option: net.option,
        stridesIn: net.form === 'paper' ? '1x1' : '3x3',
        padding: 'symmetric',
      });
    }
  }
  builder.block = 0;
  builder.dense('head.dense', builder.pool('head.pool', last), classes);
  return builder.graph;
}
