import { countParameters, multiplyAdds } from '../../../core/net/cost.ts';
import { IMAGENET, makeAlexNet, makeGoogLeNet, makeImageNetNet, makeVgg } from '../../../core/net/family.ts';
import { buildGraph } from '../../../core/net/graph.ts';
import { type LayerPlan, layersOf } from '../../../core/net/layers.ts';
import { type FamilyNet, type Form, IMAGENET_DEPTHS, netName, type ShortcutOption } from '../../../core/net/net.ts';

/** How the nets of the table are made. */
export interface FamilyChoice {
  readonly size: number;
  readonly width: number;
  readonly form: Form;
  readonly option: ShortcutOption;
}

export const AS_IN_THE_PAPER: FamilyChoice = { size: IMAGENET.size, width: 64, form: 'paper', option: 'B' };

/** What is to be seen of one net. */
export interface FamilyMember {
  /** Without its option: the column of options says it. */
  readonly name: string;
  readonly net: FamilyNet;
  readonly plan: LayerPlan;
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Sides of the maps of its stages. */
  readonly maps: readonly number[];
}

/** The whole family, from the shallowest to the deepest, plain before residual. */
export function familyMembers({ size, width, form, option }: FamilyChoice): readonly FamilyMember[] {
  const nets: readonly FamilyNet[] = [
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

/** One of them, on images of `size` pixels and ImageNet's classes. */
export function memberOf(net: FamilyNet, size: number = IMAGENET.size): FamilyMember {
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
