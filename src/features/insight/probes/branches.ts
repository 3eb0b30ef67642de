import * as v from 'valibot';
import { blockCategories } from '../../../charts/panels/measured.ts';
import { after, listed, words } from '../readings.ts';
import { PANEL_WORDS } from '../strings.ts';
import type { Finding, LinesProbe, ProbePanel } from './probe.ts';

/** Measured on the batch that the lane's next step sees. */
export interface BranchesRequest {
  readonly name: 'branches';
}

export interface BranchFacts {
  readonly block: number;
  readonly gain: number;
  /** ||F(x)|| / ||x||, Euclidean norms over the batch. */
  readonly ratio: number;
  /** ||F(x)|| and ||x||, as root mean squares a number. */
  readonly branch: number;
  readonly input: number;
  /** Share of pre-activations F(x) + g * S(x) that are not above 0, in 0 .. 1. */
  readonly negative: number;
  /** Euclidean norm of all convolution weights of the branch together. */
  readonly weight: number;
}

export interface BranchesResult extends Finding<'branches'> {
  readonly blocks: readonly BranchFacts[];
}

/** One fact of every block. `include`: values that are on the axis whatever is measured. */
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
  title: 'Size of the branch beside its input, ‖F(x)‖ / ‖x‖',
  short: 'Branches',
  source:
    'Norms over one batch. He et al. 2015, section 3.2: learned residual functions have in general small responses.',
  schema: v.strictObject({ name: v.literal('branches') }),
  defaults: { name: 'branches' },
  columns: ['block', 'gain', 'F over x', 'F', 'x', 'share not above 0', 'weight norm'],
  rows: ({ blocks }) =>
    blocks.map(({ block, gain, ratio, branch, input, negative, weight }) => {
      return [block, gain, ratio, branch, input, negative, weight];
    }),
  panels: [
    panel('ratio', '', ({ ratio }) => ratio, [0], { rules: [{ at: 1, text: '' }] }),
    panel('gain', 'gain', ({ gain }) => gain, [0, 1]),
    panel('negative', 'not above 0', ({ negative }) => 100 * negative, [0, 100], { unit: '%' }),
    panel('weight', 'weight norm', ({ weight }) => weight, [0]),
  ],
  led: true,
  /** Speaks only of nets in which every block passes its input on: elsewhere nothing is added to an input. */
  reading(step, nets) {
    const means = nets.flatMap(({ net, now: { blocks } }) =>
      blocks.length > 0 && blocks.every(({ gain }) => gain === 1)
        ? [{ lane: net.name, value: blocks.reduce((sum, { ratio }) => sum + ratio, 0) / blocks.length }]
        : [],
    );
    if (means.length === 0) {
      const none = 'None of these nets has all its shortcuts at strength 1';
      return [words(`${none}, so the ratio does not say how much a block changes what it passes on.`)];
    }
    return [
      words(`${after(step)}, a branch is on average `),
      ...listed(means, (mean) => `${mean.toFixed(2)} times as large as its input`),
      words('. Below 1, a block adds less than it passes on.'),
    ];
  },
};
