import type { BlockChoices, BlockOrder } from '../choices.ts';
import { type BlockKind, EXPANSION, layersPerBlock, type ShortcutType } from '../net.ts';
import type { FirstWeights, Node, NormStart, Padding } from '../node.ts';
import type { GraphBuilder } from './builder.ts';

/** How the blocks of a net are made. */
export interface BlockDesign {
  readonly kind: BlockKind;
  readonly option: ShortcutType;
  /** Where a bottleneck strides: in the first 1x1 convolution, as in the paper, or in the 3x3. */
  readonly stridesIn: '1x1' | '3x3';
  readonly padding: 'same' | 'symmetric';
  readonly choices?: BlockChoices | undefined;
  /** Blocks of the whole net. */
  readonly blocks: number;
}

/**
 * A gate's weights start with a variance of one over the fan-in (LeCun et al. 1998): He's is twice that, for the half that
 * a ReLU takes away, and no ReLU follows a gate. docs/decisions/gates-start-small.md has what it changes.
 */
const GATE_START = { type: 'he', share: Math.SQRT1_2 } as const;

/** What stands before and behind each convolution of a branch, behind its last one, and behind the sum. */
interface Order {
  readonly before: readonly ('norm' | 'relu')[];
  readonly behind: readonly ('norm' | 'relu')[];
  readonly last: readonly ('norm' | 'relu')[];
  readonly sum: readonly ('norm' | 'relu')[];
  /** Behind the last block of the net, whose sum is not rectified. */
  readonly head: readonly ('norm' | 'relu')[];
}

/** He et al. 2016, figure 4, (a) to (e). */
const ORDERS: Readonly<Record<BlockOrder | 'original', Order>> = {
  original: { before: [], behind: ['norm', 'relu'], last: ['norm'], sum: ['relu'], head: [] },
  'norm-after-sum': { before: [], behind: ['norm', 'relu'], last: [], sum: ['norm', 'relu'], head: [] },
  'relu-before-sum': { before: [], behind: ['norm', 'relu'], last: ['norm', 'relu'], sum: [], head: [] },
  'relu-only-pre-activation': { before: ['relu'], behind: ['norm'], last: ['norm'], sum: [], head: ['relu'] },
  'pre-activation': { before: ['norm', 'relu'], behind: [], last: [], sum: [], head: ['norm', 'relu'] },
};

/**
 * F(x) + g * S(x), rectified in the order of the paper: F the convolutions of one block with their norms and ReLUs, S what
 * the option says.
 */
export function block(
  builder: GraphBuilder,
  prefix: string,
  from: Node,
  channels: number,
  stride: number,
  design: BlockDesign,
): Node {
  const { choices } = design;
  const order = ORDERS[choices?.order ?? 'original'];
  const passed = shortcutOf(builder, prefix, from, channels * EXPANSION[design.kind], stride, design);
  const drops = choices?.shortcut?.type === 'dropout' ? choices.shortcut.rate : 0;
  const shortcut = drops === 0 ? passed : builder.dropout(`${prefix}.shortcut.dropout`, passed, drops);
  const layers = layersOf(channels, stride, design);
  let x = from;
  for (const [index, { kernel, stride, channels }] of layers.entries()) {
    const nth = index + 1;
    const isLast = nth === layers.length;
    const names = { norm: `${prefix}.norm${nth}`, relu: `${prefix}.relu${nth}` };
    const start = normStart(choices, isLast);
    x = finished(builder, x, order.before, { choices, names, start });
    const beside = choices?.rep ? repBranches(builder, `${prefix}.rep${nth}`, x, { channels, stride }, design) : null;
    const first = firstWeights(design, isLast);
    const options = { kernel, stride, padding: paddingOf(kernel, design), bias: hasBiases(choices), start: first };
    x = builder.conv(`${prefix}.conv${nth}`, x, channels, options);
    const behind = isLast ? order.last : order.behind;
    if (beside === null) x = finished(builder, x, behind, { choices, names, start });
    else {
      const sum = builder.sum(`${prefix}.rep${nth}.sum`, [normed(builder, names.norm, x, choices, start), ...beside]);
      x = isLast ? sum : builder.relu(names.relu, sum, choices?.slope);
    }
  }
  if (choices?.shortcut?.type === 'concat') return mixed(builder, prefix, x, shortcut, choices);
  if (choices?.shortcut?.type === 'scalar') x = builder.scale(`${prefix}.factor`, x, choices.shortcut.start);
  if (choices?.drop !== undefined) {
    x = builder.drop(`${prefix}.drop`, x, (choices.drop * builder.block) / design.blocks);
  }
  const names = { norm: `${prefix}.norm${layers.length}`, relu: `${prefix}.relu` };
  if (choices?.shortcut?.type === 'highway') {
    const rectified = finished(builder, x, ['relu'], { choices, names, start: {} });
    const options = {
      ...{ kernel: 1, stride, padding: paddingOf(1, design), bias: true, biasStart: choices.shortcut.bias },
      start: GATE_START,
    };
    const transform = builder.conv(`${prefix}.gate.conv`, from, channels * EXPANSION[design.kind], options);
    return builder.gate(`${prefix}.gate`, rectified, transform, shortcut);
  }
  const sum = builder.add(`${prefix}.add`, x, shortcut);
  return finished(builder, sum, order.sum, { choices, names, start: normStart(choices) });
}

/**
 * What stands beside a 3x3 convolution with its norm (Ding et al. 2021, section 3.2): a 1x1 convolution with a norm and,
 * where the shape stays, a norm alone.
 */
function repBranches(
  builder: GraphBuilder,
  prefix: string,
  from: Node,
  { channels, stride }: { readonly channels: number; readonly stride: number },
  design: BlockDesign,
): readonly [Node, ...Node[]] {
  const conv = builder.conv(`${prefix}.conv`, from, channels, { kernel: 1, stride, padding: paddingOf(1, design) });
  const norm = builder.norm(`${prefix}.norm`, conv);
  const stays = stride === 1 && from.shape[2] === channels;
  return stays ? [norm, builder.norm(`${prefix}.identity`, from)] : [norm];
}

/** Branch and shortcut side by side, mixed by a 1x1 convolution with norm and ReLU. */
function mixed(builder: GraphBuilder, prefix: string, branch: Node, shortcut: Node, choices: BlockChoices): Node {
  const both = builder.concat(`${prefix}.concat`, [branch, shortcut]);
  const options = { kernel: 1, bias: hasBiases(choices) };
  const conv = builder.conv(`${prefix}.mix.conv`, both, branch.shape[2], options);
  const names = { norm: `${prefix}.mix.norm`, relu: `${prefix}.relu` };
  return finished(builder, conv, ['norm', 'relu'], { choices, names, start: {} });
}

/**
 * A block of dense connections: what came in, and behind it `growth` more channels, a 3x3 convolution of what came in
 * behind its norm and ReLU.
 */
export function denseBlock(
  builder: GraphBuilder,
  prefix: string,
  from: Node,
  growth: number,
  choices: BlockChoices,
): Node {
  const names = { norm: `${prefix}.norm1`, relu: `${prefix}.relu1` };
  const x = finished(builder, from, ['norm', 'relu'], { choices, names, start: normStart(choices) });
  const start = choices.start?.type === 'fixup' ? undefined : choices.start;
  const options = { padding: 'same', bias: hasBiases(choices), start } as const;
  return builder.concat(`${prefix}.concat`, [from, builder.conv(`${prefix}.conv1`, x, growth, options)]);
}

/** Between two stages of dense connections: half of the channels, and half of the sides. */
export function transition(builder: GraphBuilder, name: string, from: Node, choices: BlockChoices): Node {
  const names = { norm: `${name}.norm`, relu: `${name}.relu` };
  const x = finished(builder, from, ['norm', 'relu'], { choices, names, start: normStart(choices) });
  const options = { kernel: 1, bias: hasBiases(choices) };
  const conv = builder.conv(`${name}.conv`, x, Math.floor(from.shape[2] / 2), options);
  return builder.averagePool(`${name}.pool`, conv, 2);
}

/** Whether the convolutions have biases, since no norm follows them. */
function hasBiases(choices: BlockChoices | undefined): boolean {
  return choices?.norm?.type === 'none';
}

/** The stem's convolution, norm and ReLU. */
export function stemOf(
  builder: GraphBuilder,
  images: Node,
  width: number,
  options: { readonly kernel?: number; readonly stride?: number; readonly padding?: Padding },
  choices?: BlockChoices,
): Node {
  const conv = builder.conv('stem.conv', images, width, { ...options, bias: hasBiases(choices) });
  const names = { norm: 'stem.norm', relu: 'stem.relu' };
  return finished(builder, conv, ['norm', 'relu'], { choices, names, start: normStart(choices) });
}

/** What stands between the last block and the mean over pixels: a norm and a ReLU where the order leaves them out. */
export function behindBlocks(builder: GraphBuilder, last: Node, choices?: BlockChoices): Node {
  const names = { norm: 'head.norm', relu: 'head.relu' };
  const order = choices?.shortcut?.type === 'dense' ? 'pre-activation' : (choices?.order ?? 'original');
  return finished(builder, last, ORDERS[order].head, { choices, names, start: {} });
}

/** Adds norms and ReLUs as the choices have them. */
function finished(
  builder: GraphBuilder,
  from: Node,
  parts: readonly ('norm' | 'relu')[],
  how: {
    readonly choices: BlockChoices | undefined;
    readonly names: { readonly norm: string; readonly relu: string };
    readonly start: NormStart;
  },
): Node {
  let x = from;
  for (const part of parts) {
    if (part === 'relu') x = builder.relu(how.names.relu, x, how.choices?.slope);
    else x = normed(builder, how.names.norm, x, how.choices, how.start);
  }
  return x;
}

/** The norm of the choices; none where convolutions have biases. */
function normed(
  builder: GraphBuilder,
  name: string,
  from: Node,
  choices: BlockChoices | undefined,
  start: NormStart = {},
): Node {
  if (hasBiases(choices)) return from;
  const norm = choices?.norm;
  return norm?.type === 'group' ? builder.groupNorm(name, from, norm.groups, start) : builder.norm(name, from, start);
}

/** Initial values of a norm in a branch, or in the stem. */
function normStart({ shift, lastScale }: BlockChoices = {}, last = false): NormStart {
  return { ...(last && lastScale !== undefined && { scale: lastScale }), ...(shift !== undefined && { shift }) };
}

/** Initial weights of a convolution in a branch; undefined for He's. */
function firstWeights({ kind, choices, blocks }: BlockDesign, isLast: boolean): FirstWeights | undefined {
  const start = choices?.start;
  if (start?.type !== 'fixup') return start;
  if (isLast) return { type: 'constant', value: 0 };
  const layers = layersPerBlock({ block: kind, choices });
  return { type: 'he', share: blocks ** (-1 / (2 * layers - 2)) };
}

function paddingOf(kernel: number, { padding }: BlockDesign): Padding {
  return padding === 'same' ? 'same' : Math.floor(kernel / 2);
}

function layersOf(channels: number, stride: number, { kind, stridesIn, choices }: BlockDesign) {
  if (kind === 'basic') {
    const length = layersPerBlock({ block: kind, choices });
    return Array.from({ length }, (_, nth) => ({ channels, kernel: 3, stride: nth === 0 ? stride : 1 }));
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
    const options = { kernel: 1, stride, padding: paddingOf(1, design), bias: hasBiases(design.choices) };
    const conv = builder.conv(`${prefix}.shortcut.conv`, from, channels, options);
    return normed(builder, `${prefix}.shortcut.norm`, conv, design.choices);
  }
  return changes ? builder.pad(`${prefix}.shortcut.pad`, from, channels, stride) : from;
}
