import { type BlockChoices, hasSums } from '../net/choices.ts';
import { blockCount, type CifarNet, layersPerBlock, type NetSpec, STAGES } from '../net/net.ts';
import { withoutRepBranches } from '../net/rep-branches.ts';
import type { GainChange, LaneSpec } from './experiment.ts';
import { phaseAt } from './lineage.ts';

/** What a branch of a lane is: its copy, deeper by one block in each stage, or with its RepVGG branches folded. */
export type BranchKind = 'copy' | 'grown' | 'folded';

/**
 * A lane with `net` that branches off `lane` after `step` steps, with its origin and its copy of the surgery until
 * then.
 */
export function branchOff(
  { lane, net, step, surgery }: { lane: LaneSpec; net: NetSpec; step: number; surgery: readonly GainChange[] },
  name: string,
): { readonly lane: LaneSpec; readonly surgery: readonly GainChange[] } {
  const past = lane.origin?.eras.filter(({ until }) => until < step) ?? [];
  const eras = step === 0 ? [] : [...past, { net: phaseAt(lane, step - 1).net, until: step }];
  const shared = surgery.filter((change) => change.lane === lane.name && change.step < step);
  return {
    lane: {
      name,
      net,
      ...(eras.length > 0 && { origin: { lane: lane.name, eras } }),
      ...(lane.start && { start: lane.start }),
    },
    surgery: shared.map((change) => ({ ...change, lane: name })),
  };
}

/**
 * Why no net with one more block at the end of each stage computes what this one does; null where one does.
 * `depth`: an ImageNet net's depths are fixed. `option-c`: all shortcuts are projections. `slope`: a new block's ReLU
 * behind the sum would multiply what is below zero by its slope once more. `drop`: the rate at which a branch is dropped
 * depends on the number of blocks. `order`: nothing is added or the shortcut is dropped at random, a norm stands behind the
 * sum, or a ReLU at the end of the branch, through which one that is 0 does not learn.
 */
export function growthProblem(net: NetSpec): 'depth' | 'option-c' | 'slope' | 'drop' | 'order' | null {
  if (net.design !== undefined) return 'depth';
  if (net.option === 'C') return 'option-c';
  if (net.choices?.drop !== undefined) return 'drop';
  const { order, slope = 0 } = net.choices ?? {};
  if (!hasSums(net.choices) || isMixed(net.choices)) return 'order';
  if (order === 'norm-after-sum' || order === 'relu-before-sum') return 'order';
  return order === undefined && slope > 0 && slope < 1 ? 'slope' : null;
}

/**
 * The net with `gains` and one more block at the end of each stage, behind an open shortcut: with nothing in its branch
 * it computes what the smaller net does. Null where none does.
 */
export function grown(net: NetSpec, gains: readonly number[]): CifarNet | null {
  if (net.design !== undefined || growthProblem(net) !== null) return null;
  const perStage = blockCount(net) / STAGES;
  const wider = Array.from({ length: STAGES }, (_, stage) => [
    ...gains.slice(stage * perStage, (stage + 1) * perStage),
    1,
  ]).flat();
  return { ...net, depth: net.depth + STAGES * layersPerBlock(net), gains: wider };
}

/** The net with `gains` and one plain layer in the place of each with RepVGG's branches; null where it has none. */
export function folded(net: NetSpec, gains: readonly number[]): CifarNet | null {
  const plain = withoutRepBranches(net);
  return plain && { ...plain, gains };
}

/** Whether a block changes what its shortcut passes on, by dropout or a gate. */
function isMixed(choices: BlockChoices | undefined): boolean {
  const type = choices?.shortcut?.type;
  return type === 'dropout' || type === 'highway';
}
