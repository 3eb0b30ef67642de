import type { BlockChoices } from '../choices.ts';
import { blockKind, type CifarNet, type ImageNetNet, stageBlocks } from '../net.ts';
import type { Graph, Node } from '../node.ts';
import { SMALL_IMAGE } from '../zoo.ts';
import { type BlockDesign, behindBlocks, block, denseBlock, stemOf, transition } from './block.ts';
import { GraphBuilder } from './builder.ts';

/** A net of section 4.2: a 3x3 convolution, three stages of blocks, mean over pixels, one dense layer. */
export function cifarGraph(net: CifarNet, size: number, classes: number): Graph {
  const { choices } = net;
  if (choices?.shortcut?.type === 'dense') return denseGraph(net, choices.shortcut.growth, choices, size, classes);
  const builder = new GraphBuilder();
  const stem = stemOf(builder, builder.input(size), net.width, { padding: 'same' }, choices);
  const design = { kind: net.block, option: net.option, stridesIn: '1x1', padding: 'same', choices } as const;
  const last = behindBlocks(builder, stagesOf(builder, stem, net, design), choices);
  const start = choices?.start?.type === 'fixup' ? ({ type: 'constant', value: 0 } as const) : undefined;
  builder.dense('head.dense', builder.pool('head.pool', last), classes, start);
  return builder.graph;
}

/** The same with dense connections inside the stages (Huang et al. 2017, without bottlenecks). */
function denseGraph(net: CifarNet, growth: number, choices: BlockChoices, size: number, classes: number): Graph {
  const builder = new GraphBuilder();
  const options = { padding: 'same', bias: choices.norm?.type === 'none' } as const;
  let last = builder.conv('stem.conv', builder.input(size), net.width, options);
  for (const [stage, blocks] of stageBlocks(net).entries()) {
    if (stage > 0) last = transition(builder, `transition${stage}`, last, choices);
    for (let index = 1; index <= blocks; index++) {
      builder.block += 1;
      last = denseBlock(builder, `stage${stage + 1}.block${index}`, last, growth, choices);
    }
  }
  builder.block = 0;
  builder.dense('head.dense', builder.pool('head.pool', behindBlocks(builder, last, choices)), classes);
  return builder.graph;
}

/** A net of table 1. Small images are neither strided over nor pooled before the first stage. */
export function imageNetGraph(net: ImageNetNet, size: number, classes: number): Graph {
  const builder = new GraphBuilder();
  const small = size < SMALL_IMAGE;
  let stem = stemOf(builder, builder.input(size), net.width, { kernel: 7, stride: small ? 1 : 2 });
  if (!small) stem = builder.maxPool('stem.pool', stem, { padding: 1 });
  const last = stagesOf(builder, stem, net, {
    kind: blockKind(net) ?? 'basic',
    option: net.option,
    stridesIn: net.form === 'paper' ? '1x1' : '3x3',
    padding: 'symmetric',
  });
  builder.dense('head.dense', builder.pool('head.pool', last), classes);
  return builder.graph;
}

/** The stages of blocks: from the second on, each begins with half the side and twice the channels. */
function stagesOf(
  builder: GraphBuilder,
  stem: Node,
  net: CifarNet | ImageNetNet,
  design: Omit<BlockDesign, 'blocks'>,
): Node {
  let last = stem;
  const blocks = stageBlocks(net).reduce((sum, each) => sum + each, 0);
  for (const [stage, count] of stageBlocks(net).entries()) {
    for (let index = 1; index <= count; index++) {
      builder.block += 1;
      const stride = stage > 0 && index === 1 ? 2 : 1;
      const name = `stage${stage + 1}.block${index}`;
      last = block(builder, name, last, net.width * 2 ** stage, stride, { ...design, blocks });
    }
  }
  builder.block = 0;
  return last;
}
