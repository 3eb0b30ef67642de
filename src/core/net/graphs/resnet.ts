import type { BlockChoices } from '../choices.ts';
import {
  type BlockKind,
  blockKind,
  type CifarNet,
  EXPANSION,
  type ImageNetNet,
  type ShortcutType,
  stageBlocks,
} from '../net.ts';
import type { Graph, Node, NormStart, Padding } from '../node.ts';
import { SMALL_IMAGE } from '../zoo.ts';
import { GraphBuilder } from './builder.ts';

/** How the blocks of a net are made. */
export interface BlockDesign {
  readonly kind: BlockKind;
  readonly option: ShortcutType;
  /** Where a bottleneck strides: in the first 1x1 convolution, as in the paper, or in the 3x3. */
  readonly stridesIn: '1x1' | '3x3';
  readonly padding: 'same' | 'symmetric';
  readonly choices?: BlockChoices | undefined;
}

/** relu(F(x) + g * S(x)): F the convolutions of one block, each with its normalisation, S what the option says. */
export function block(
  builder: GraphBuilder,
  prefix: string,
  from: Node,
  channels: number,
  stride: number,
  design: BlockDesign,
): Node {
  const shortcut = shortcutOf(builder, prefix, from, channels * EXPANSION[design.kind], stride, design);
  let x = from;
  const layers = layersOf(channels, stride, design);
  for (const [index, { kernel, stride, channels }] of layers.entries()) {
    const nth = index + 1;
    const padding = paddingOf(kernel, design);
    const start = design.choices?.start;
    const conv = builder.conv(`${prefix}.conv${nth}`, x, channels, { kernel, stride, padding, start });
    x = builder.norm(`${prefix}.norm${nth}`, conv, normStart(design.choices, nth === layers.length));
    if (nth < layers.length) x = builder.relu(`${prefix}.relu${nth}`, x);
  }
  return builder.relu(`${prefix}.relu`, builder.add(`${prefix}.add`, x, shortcut));
}

/** Initial values of a norm in a branch, or in the stem. */
function normStart({ shift, lastScale }: BlockChoices = {}, last = false): NormStart {
  return { ...(last && lastScale !== undefined && { scale: lastScale }), ...(shift !== undefined && { shift }) };
}

function paddingOf(kernel: number, { padding }: BlockDesign): Padding {
  return padding === 'same' ? 'same' : Math.floor(kernel / 2);
}

function layersOf(channels: number, stride: number, { kind, stridesIn }: BlockDesign) {
  if (kind === 'basic') {
    return [
      { channels, kernel: 3, stride },
      { channels, kernel: 3, stride: 1 },
    ];
  }
  return [
    { channels, kernel: 1, stride: stridesIn === '1x1' ? stride : 1 },
    { channels, kernel: 3, stride: stridesIn === '3x3' ? stride : 1 },
    { channels: channels * EXPANSION[kind], kernel: 1, stride: 1 },
  ];
}

/** S(x): identity, padding or projection, as the option has it. */
function shortcutOf(
  builder: GraphBuilder,
  prefix: string,
  from: Node,
  channels: number,
  stride: number,
  design: BlockDesign,
): Node {
  const changes = stride !== 1 || from.shape[2] !== channels;
  if (design.option === 'C' || (design.option === 'B' && changes)) {
    const options = { kernel: 1, stride, padding: paddingOf(1, design) };
    return builder.norm(`${prefix}.shortcut.norm`, builder.conv(`${prefix}.shortcut.conv`, from, channels, options));
  }
  return changes ? builder.pad(`${prefix}.shortcut.pad`, from, channels, stride) : from;
}

/** A net of section 4.2: a 3x3 convolution, three stages of blocks, mean over pixels, one dense layer. */
export function cifarGraph(net: CifarNet, size: number, classes: number): Graph {
  const builder = new GraphBuilder();
  const stem = builder.conv('stem.conv', builder.input(size), net.width, { padding: 'same' });
  let last = builder.relu('stem.relu', builder.norm('stem.norm', stem, normStart(net.choices)));
  for (const [stage, blocks] of stageBlocks(net).entries()) {
    for (let index = 1; index <= blocks; index++) {
      builder.block += 1;
      const stride = stage > 0 && index === 1 ? 2 : 1;
      last = block(builder, `stage${stage + 1}.block${index}`, last, net.width * 2 ** stage, stride, {
        kind: net.block,
        option: net.option,
        stridesIn: '1x1',
        padding: 'same',
        choices: net.choices,
      });
    }
  }
  builder.block = 0;
  builder.dense('head.dense', builder.pool('head.pool', last), classes);
  return builder.graph;
}

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
