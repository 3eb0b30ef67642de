import { depthProblem, LIMITS } from '../../core/experiment/limits.ts';
import {
  type BlockKind,
  IMAGENET_DEPTHS,
  makeNet,
  type NetKind,
  type NetSpec,
  type ShortcutType,
  type Variant,
  VGG_DEPTHS,
  type ZooNet,
} from '../../core/net/net.ts';
import { makeAlexNet, makeGoogLeNet, makeImageNetNet, makeVgg } from '../../core/net/zoo.ts';
import { say } from '../../language/say.ts';
import { sayIt } from '../../language/sentence.ts';
import { numbersWithin } from '../../ui/controls/read-number.ts';

export type Design = 'cifar' | ZooNet['design'];
export const DESIGNS = ['cifar', 'imagenet', 'vgg', 'alexnet', 'googlenet'] as const satisfies readonly Design[];

/** A net as it is being chosen; what its design does not have counts for nothing. */
export interface NetDraft {
  readonly design: Design;
  readonly family: NetKind;
  /** As it was typed. */
  readonly depth: number;
  readonly width: number;
  readonly block: BlockKind;
  readonly option: ShortcutType;
  readonly form: Variant;
  /** Whether a VGG has batch norms. */
  readonly norm: boolean;
}

export const FIRST_DRAFT: NetDraft = {
  ...{ design: 'cifar', family: 'residual', depth: 20, width: 8, block: 'basic', option: 'A', form: 'paper' },
  norm: false,
};

/** What may be typed for a depth; which of these a net can have is another question. */
export const DEPTHS = { min: 1, max: LIMITS.depth.max } as const;

function wholeProblem(value: number, { min, max }: { readonly min: number; readonly max: number }): string | null {
  return numbersWithin([value], { min, max, whole: true }).length > 0
    ? null
    : say('charts.enterWholeNumber', { min, max });
}

/** The depths that a design has; null where it has one alone, or too many to list. */
export function depthsOf(design: Design): readonly number[] | null {
  if (design === 'imagenet') return IMAGENET_DEPTHS;
  return design === 'vgg' ? VGG_DEPTHS : null;
}

/** The draft with another design, at a depth that it has. */
export function withDesign(draft: NetDraft, design: Design): NetDraft {
  const depths = depthsOf(design);
  const fits = depths === null ? depthProblem(draft.depth, draft) === null : depths.includes(draft.depth);
  if (fits || design === 'alexnet' || design === 'googlenet') return { ...draft, design };
  return {
    ...draft,
    design,
    depth: depths === null ? (draft.block === 'basic' ? 20 : 29) : (depths[1] ?? draft.depth),
  };
}

/** The net that is chosen, or why it cannot be built. */
export function netOf(draft: NetDraft): NetSpec | { readonly problem: string } {
  const { design, family, depth, width, block, option, form, norm } = draft;
  const problem =
    (design === 'cifar' ? (wholeProblem(depth, DEPTHS) ?? depthProblem(depth, { block })) : null) ??
    wholeProblem(width, LIMITS.width);
  if (problem !== null) return { problem: sayIt(problem) };
  switch (design) {
    case 'cifar':
      return makeNet(family, depth, { width, block, option });
    case 'imagenet': {
      const listed = IMAGENET_DEPTHS.find((each) => each === depth) ?? IMAGENET_DEPTHS[0];
      return makeImageNetNet(family, listed, { width, option, form });
    }
    case 'vgg':
      return makeVgg(VGG_DEPTHS.find((each) => each === depth) ?? VGG_DEPTHS[0], { width, norm });
    case 'alexnet':
      return makeAlexNet({ width, form });
    case 'googlenet':
      return makeGoogLeNet({ width, form });
    default:
      return design satisfies never;
  }
}
