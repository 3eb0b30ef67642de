import { type CifarNet, stageBlocks } from '../net.ts';
import type { Graph } from '../node.ts';
import { block } from './blocks.ts';
import { GraphBuilder } from './builder.ts';

/** A net of section 4.2: a 3x3 convolution, three stages of blocks, mean over pixels, one dense layer. */
export function cifarGraph(net: CifarNet, size: number, classes: number): Graph {
  const builder = new GraphBuilder();
  const stem = builder.conv('stem.conv', builder.input(size), net.width, { padding: 'same' });
  let last = builder.relu('stem.relu', builder.norm('stem.norm', stem));
  for (const [stage, blocks] of stageBlocks(net).entries()) {
    for (let index = 1; index <= blocks; index++) {
      builder.block += 1;
      const stride = stage > 0 && index === 1 ? 2 : 1;
      last = block(builder, `stage${stage + 1}.block${index}`, last, net.width * 2 ** stage, stride, {
        kind: net.block,
        option: net.option,
        stridesIn: '1x1',
        padding: 'same',
      });
    }
  }
  builder.block = 0;
  builder.dense('head.dense', builder.pool('head.pool', last), classes);
  return builder.graph;
}
