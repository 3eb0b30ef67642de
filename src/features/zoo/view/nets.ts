import { countParameters, type LayerPlan, layersOf, multiplyAdds, multiplyAddsOf } from '../../../core/net/cost.ts';
import { buildGraph } from '../../../core/net/graph.ts';
import { IMAGENET_DEPTHS, netName, type ShortcutType, type Variant, type ZooNet } from '../../../core/net/net.ts';
import type { ConvNode, Shape } from '../../../core/net/node.ts';
import { IMAGENET, makeAlexNet, makeGoogLeNet, makeImageNetNet, makeVgg } from '../../../core/net/zoo.ts';

/** How the nets of the table are made. */
export interface FamilyChoice {
  readonly size: number;
  readonly width: number;
  readonly form: Variant;
  readonly option: ShortcutType;
}

export const AS_IN_THE_PAPER: FamilyChoice = { size: IMAGENET.size, width: 64, form: 'paper', option: 'B' };

/** What is to be seen of one net. */
export interface FamilyMember {
  /** Without its option: the column of options says it. */
  readonly name: string;
  readonly net: ZooNet;
  readonly plan: LayerPlan;
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Sides of the maps of its stages. */
  readonly maps: readonly number[];
}

/** The whole family, from the shallowest to the deepest, plain before residual. */
export function familyMembers({ size, width, form, option }: FamilyChoice): readonly FamilyMember[] {
  const nets: readonly ZooNet[] = [
    makeAlexNet({ width, form }),
    makeVgg(16, { width }),
    makeVgg(19, { width }),
    makeGoogLeNet({ width, form }),
    makeImageNetNet('plain', 18, { width, form }),
    makeImageNetNet('plain', 34, { width, form }),
    ...IMAGENET_DEPTHS.map((depth) => makeImageNetNet('residual', depth, { width, form, option })),
  ];
  return nets.map((net) => memberOf(net, size));
}

/** "56×56×64" */
export function shapeText([height, width, channels]: readonly number[]): string {
  return `${height}×${width}×${channels}`;
}

/** An error of the paper as it prints it, "25.03%"; a dash for one that it does not give. */
export function percentText(error: number | null, decimals = 2): string {
  return error === null ? '–' : `${error.toFixed(decimals)}%`;
}

/** One of them, on images of `size` pixels and ImageNet's classes. */
export function memberOf(net: ZooNet, size: number = IMAGENET.size): FamilyMember {
  const graph = buildGraph(net, size, IMAGENET.classes);
  const plan = layersOf(graph);
  const convolved = plan.layers.filter(({ kernel }) => kernel > 0);
  return {
    name: netName(net).replace(/ [ABC]$/, ''),
    net,
    plan,
    parameters: countParameters(graph),
    multiplyAdds: multiplyAdds(graph),
    maps: [...new Set(convolved.map(({ output }) => output[0]))],
  };
}

/** A convolution of a block, and the map that it leaves. */
export interface PlannedLayer {
  readonly name: string;
  readonly kernel: number;
  readonly from: number;
  readonly to: number;
  readonly output: Shape;
}

export interface BlockPlan {
  readonly input: Shape;
  readonly layers: readonly PlannedLayer[];
  /** Number of weights in the convolutions; norms are not counted. */
  readonly weights: number;
  readonly multiplyAdds: number;
}

/** The second block of a ResNet's first stage: the first whose shortcut is an identity in either kind. */
export function blockPlan(depth: 34 | 50): BlockPlan {
  const { nodes } = buildGraph(makeImageNetNet('residual', depth), 224, 1000);
  const convs = nodes.filter((node): node is ConvNode => node.op === 'conv' && node.block === 2);
  const input = nodes.find(({ name }) => name === convs[0]?.input)?.shape ?? [0, 0, 0];
  return {
    input,
    layers: convs.map(({ name, kernel, inChannels, shape }) => {
      return { name, kernel, from: inChannels, to: shape[2], output: shape };
    }),
    weights: convs.reduce((sum, { kernel, inChannels, shape }) => sum + kernel ** 2 * inChannels * shape[2], 0),
    multiplyAdds: convs.reduce((sum, conv) => sum + multiplyAddsOf(conv), 0),
  };
}
