import * as v from 'valibot';
import { blockCategories } from '../../../charts/panels/measured.ts';
import { decimalText } from '../../../core/format.ts';
import type { NetSpec } from '../../../core/net/net.ts';
import { listed, parts, say } from '../../../language/say.ts';
import { PANEL_WORDS } from '../../figures/panel-words.ts';
import { claim, LIST, remark, whenText } from '../readings.ts';
import type { Finding, LinesProbe, ProbePanel } from './probe.ts';

/** Measured on the batch of the lane's next step. */
export interface BranchesRequest {
  readonly name: 'branches';
}

export interface BranchFacts {
  readonly block: number;
  readonly gain: number;
  /** ||F(x)|| / ||x||, Euclidean norms over the batch. */
  readonly ratio: number;
  /** Root mean squares of F(x) and of x. */
  readonly branch: number;
  readonly input: number;
  /** Share of the sums F(x) + g * S(x), gated where there is a gate, that are not above 0, in 0 .. 1. */
  readonly negative: number;
  /** Euclidean norm of all convolution weights of the branch together. */
  readonly weight: number;
}

export interface BranchesResult extends Finding<'branches'> {
  readonly blocks: readonly BranchFacts[];
}

/** A value of each block. `include`: values that are always on the axis. */
function panel(
  key: string,
  title: string,
  of: (facts: BranchFacts) => number,
  include: readonly number[],
  { unit = '', rules = [] }: { readonly unit?: string; readonly rules?: ProbePanel<BranchesResult>['rules'] } = {},
): ProbePanel<BranchesResult> {
  return {
    key,
    title,
    points: ({ blocks }) => blocks.map((facts) => ({ at: facts.block, value: of(facts) })),
    categories: (results) => blockCategories(Math.max(0, ...results.map(({ blocks }) => blocks.length)), PANEL_WORDS),
    y: { include, unit },
    rules,
  };
}

export const branches: LinesProbe<BranchesRequest, BranchesResult> = {
  schema: v.strictObject({ name: v.literal('branches') }),
  defaults: { name: 'branches' },
  heads: ['block', 'strength of the shortcut', 'F over x', 'F', 'x', 'share not above 0', 'weight norm'],
  rows: ({ blocks }) =>
    blocks.map(({ block, gain, ratio, branch, input, negative, weight }) => {
      return [block, gain, ratio, branch, input, negative, weight];
    }),
  panels: () => [
    panel('ratio', '', ({ ratio }) => ratio, [0], { rules: [{ at: 1, text: '' }] }),
    panel('gain', say('insight.branchesGain'), ({ gain }) => gain, [0, 1]),
    panel('negative', say('insight.branchesNegative'), ({ negative }) => 100 * negative, [0, 100], { unit: '%' }),
    panel('weight', say('insight.branchesWeight'), ({ weight }) => weight, [0]),
  ],
  led: true,
  /** About nets whose blocks all add to their input as it is: elsewhere the ratio says nothing about change. */
  reading(steps, nets) {
    const means = nets.flatMap(({ net: { name }, spec, now: { blocks } }) => {
      if (blocks.length === 0 || blocks.some(({ gain }) => gain !== 1) || !passesInputOn(spec)) return [];
      const value = blocks.reduce((sum, { ratio }) => sum + ratio, 0) / blocks.length;
      return [{ lane: name, value, said: parts('insight.branchesTimes', { ratio: decimalText(value), net: name }) }];
    });
    const told = (id: string, of: typeof nets, message: 'insight.branchesNone' | 'insight.branchesNoSums') => {
      const names = of.map(({ net: { name } }) => name);
      return names.length === 0 ? [] : [remark(id, names, say(message, { nets: listed(names), count: names.length }))];
    };
    const hasBlocks = ({ now }: (typeof nets)[number]) => now.blocks.length > 0;
    return [
      ...(means.length > 0
        ? [claim('branch-to-input', means, parts('insight.branchesNow', { when: whenText(steps), list: LIST }))]
        : told('no-whole-shortcuts', nets.filter(hasBlocks), 'insight.branchesNone')),
      ...told(
        'no-sums',
        nets.filter((net) => !hasBlocks(net)),
        'insight.branchesNoSums',
      ),
    ];
  },
};

/** Whether shortcuts of gain 1 pass on all that comes in, where the shape stays: no gate, no dropout, no projection. */
export function passesInputOn(net: NetSpec): boolean {
  if ('option' in net && net.option === 'C') return false;
  const type = net.design === undefined ? net.choices?.shortcut?.type : undefined;
  return type !== 'highway' && type !== 'dropout';
}
