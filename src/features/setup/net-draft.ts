import { depthProblem, designProblem, LIMITS } from '../../core/experiment/limits.ts';
import { type BlockChoices, withoutUsual } from '../../core/net/choices.ts';
import {
  type BlockKind,
  IMAGENET_DEPTHS,
  layersPerBlock,
  makeNet,
  type NetKind,
  type NetSpec,
  type ShortcutType,
  STAGES,
  type Variant,
  VGG_DEPTHS,
  type ZooNet,
} from '../../core/net/net.ts';
import { makeAlexNet, makeGoogLeNet, makeImageNetNet, makeVgg } from '../../core/net/zoo.ts';
import { say } from '../../language/say.ts';
import { type Sentence, sayIt } from '../../language/sentence.ts';
import { numbersWithin } from '../../ui/controls/read-number.ts';
import { unusualOptions } from './design/choice-table.ts';

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
  /** In what the blocks of a CIFAR net differ from those of the paper. */
  readonly choices: BlockChoices;
}

export const FIRST_DRAFT: NetDraft = {
  ...{ design: 'cifar', family: 'residual', depth: 20, width: 8, block: 'basic', option: 'A', form: 'paper' },
  norm: false,
  choices: {},
};

/** What may be typed for a depth; which of these a net can have is another question. */
export const DEPTHS = { min: 1, max: LIMITS.depth.max } as const;

function wholeProblem(value: number, { min, max }: { readonly min: number; readonly max: number }): string | null {
  return numbersWithin([value], { min, max, whole: true }).length > 0
    ? null
    : say('charts.enterWholeNumber', { min, max });
}

/** Whether nets of a design are made of blocks, and so plain or residual. */
export function hasBlocks(design: Design): boolean {
  return design === 'cifar' || design === 'imagenet';
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

function cifarProblem(draft: NetDraft): Sentence | null {
  return depthProblem(draft.depth, draft) ?? designProblem(draft);
}

/** Why a number among the choices cannot be taken: it is not one of its range. */
function numberProblem(choices: BlockChoices): string | null {
  for (const { number } of unusualOptions(choices)) {
    if (number !== undefined && !(Number(number.of(choices)) >= number.range.min))
      return say('charts.enterNumber', number.range);
  }
  return null;
}

/** The draft with other blocks, at the nearest depth that can be built of them. */
export function withBlocks(draft: NetDraft, change: Partial<Pick<NetDraft, 'block' | 'choices'>>): NetDraft {
  const next = { ...draft, ...change };
  if (Number.isNaN(draft.depth) || depthProblem(draft.depth, next) === null) return next;
  const period = STAGES * layersPerBlock(next);
  const most = Math.floor((LIMITS.depth.max - 2) / period);
  const n = Math.min(most, Math.max(1, Math.round((draft.depth - 2) / period)));
  return { ...next, depth: n * period + 2 };
}

/** The same net of the other kind, where its design has both. */
export function twinOf(draft: NetDraft): NetDraft {
  return { ...draft, family: draft.family === 'plain' ? 'residual' : 'plain' };
}

/** A draft of a net that there is. */
export function draftOf(net: NetSpec): NetDraft {
  const { family, depth, width } = net;
  const draft = { ...FIRST_DRAFT, family, depth, width };
  switch (net.design) {
    case undefined:
      return { ...draft, block: net.block, option: net.option, choices: net.choices ?? {} };
    case 'imagenet':
      return { ...draft, design: net.design, option: net.option, form: net.form };
    case 'vgg':
      return { ...draft, design: net.design, norm: net.norm };
    case 'alexnet':
    case 'googlenet':
      return { ...draft, design: net.design, form: net.form };
    default:
      return net satisfies never;
  }
}

/** The net that is chosen, or why it cannot be built. */
export function netOf(draft: NetDraft): NetSpec | { readonly problem: string } {
  const { design, family, depth, width, block, option, form, norm } = draft;
  const choices = withoutUsual(draft.choices);
  const problem =
    (design === 'cifar'
      ? (wholeProblem(depth, DEPTHS) ?? numberProblem(draft.choices) ?? cifarProblem(draft))
      : null) ?? wholeProblem(width, LIMITS.width);
  if (problem !== null) return { problem: sayIt(problem) };
  switch (design) {
    case 'cifar':
      return makeNet(family, depth, { width, block, option, ...(choices && { choices }) });
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
