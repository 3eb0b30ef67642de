import { type BlockKind, EXPANSION, type ShortcutOption } from '../net.ts';
import type { Node, Padding } from '../node.ts';
import type { GraphBuilder } from './builder.ts';

/** How the blocks of a net are made. */
export interface BlockDesign {
  readonly kind: BlockKind;
  readonly option: ShortcutOption;
  /** Where a bottleneck strides: in the first 1x1 convolution, as in the paper, or in the 3x3. */
  readonly stridesIn: '1x1' | '3x3';
  readonly padding: 'same' | 'symmetric';
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
    const conv = builder.conv(`${prefix}.conv${nth}`, x, channels, { kernel, stride, padding });
    x = builder.norm(`${prefix}.norm${nth}`, conv);
    if (nth < layers.length) x = builder.relu(`${prefix}.relu${nth}`, x);
  }
  return builder.relu(`${prefix}.relu`, builder.add(`${prefix}.add`, x, shortcut));
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
