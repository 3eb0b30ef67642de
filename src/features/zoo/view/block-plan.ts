import { multiplyAddsOf } from '../../../core/net/cost.ts';
import { makeImageNetNet } from '../../../core/net/family.ts';
import { buildGraph } from '../../../core/net/graph.ts';
import type { ConvNode, Shape } from '../../../core/net/node.ts';

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
