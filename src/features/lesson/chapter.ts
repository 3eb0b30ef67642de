import type { Experiment } from '../../core/experiment/experiment.ts';
import type { PresetName } from '../../core/experiment/presets.ts';
import type { LesionKind } from '../../core/results/lesion.ts';
import type { MessagePart } from '../../language/say.ts';
import type { FigureName } from '../insight/probes/probes.ts';

/**
 * A chapter of the lesson, as data: what is asked, what is done on the live race, and how it is expected to come out.
 * Its texts are said while rendering, from the chapter's quantities in the visitor's own race.
 */
export interface Chapter {
  /** As in `?chapter=5`. */
  readonly number: number;
  readonly name: () => string;
  /** The question in large type, at most 45 characters in English. */
  readonly title: () => string;
  /** What is asked, in two or three sentences. */
  readonly setup: () => readonly MessagePart[];
  /** Null where any race will do, and the one that is open stays. */
  readonly start: Start | null;
  /** Lanes that are trained but not shown before the outcome. */
  readonly sealed: readonly string[];
  readonly question: Question;
  /** What is asked once the first steps are done; null where that is nothing. */
  readonly further: FurtherQuestion | null;
  /** What is done after the answer, in order. */
  readonly steps: readonly ChapterStep[];
  /** What is measured, by its name in this chapter. */
  readonly quantities: Readonly<Record<string, Quantity>>;
  /** How the chapter comes out, as means over seeds. */
  readonly bands: readonly Band[];
  /**
   * The one sentence to remember, with live numbers where it has any. It tells of this race only what the numbers show; where
   * they came out otherwise, it says what is usual.
   */
  readonly remember: (value: ValueOf) => readonly MessagePart[];
  /** What goes with it in small type: the source, and what is not claimed. */
  readonly note: (value: ValueOf) => readonly MessagePart[];
  /** What leads to the next chapter, as on its button; null where none follows. */
  readonly next: (() => string) | null;
  /** Whether recorded nets are told of beside the paper's. */
  readonly besideTable6?: boolean;
  /** An experiment of the page that goes on from here, outside the lesson. */
  readonly beyond?: { readonly preset: PresetName; readonly text: () => string };
}

/** The value of a quantity in the visitor's race; NaN while it is not measured. */
export type ValueOf = (quantity: string) => number;

/** Where a chapter begins: an experiment after `step` steps. Training up to there goes on while the question is read. */
export interface Start {
  readonly experiment: Experiment;
  readonly step: number;
  /** Quantities that are taken there. */
  readonly takes: readonly string[];
}

/** What is asked before the outcome is seen. "No idea" is always an answer, too. */
export interface Question {
  readonly choices: readonly Choice[];
  /** Curve ends that are guessed on the chart; null where there are none. */
  readonly ends: CurveEnds | null;
}

/** A second question, which speaks of what the steps before it measured. */
export interface FurtherQuestion extends Question {
  /** How many steps are done before it is asked. */
  readonly after: number;
  readonly title: () => string;
  readonly setup: (value: ValueOf) => readonly MessagePart[];
}

/** One answer. It is the right one where its quantity is in `when`; guessed curve ends choose by the same rule. */
export interface Choice {
  readonly id: string;
  readonly label: () => string;
  /** The lane whose mark stands before the label. */
  readonly lane?: string;
  readonly when: Range;
  /** Where this answer puts the curve ends, by lane, in percent. */
  readonly ends?: Readonly<Record<string, number>>;
}

/** The ends of curves that are dragged on the chart: errors after `step` steps, in percent. */
export interface CurveEnds {
  readonly lanes: readonly string[];
  readonly step: number;
  /** Where all of them stand first, so that nothing is suggested. */
  readonly at: number;
}

/** From `from` up to, but not including, `to`; open where a bound is left out. */
export interface Range {
  readonly quantity: string;
  readonly from?: number;
  readonly to?: number;
}

/** Where a quantity is expected as a mean over seeds. */
export interface Band extends Range {
  /** Said where the visitor's race came out otherwise: how it did, and how it usually does. */
  readonly usually: (value: number) => readonly MessagePart[];
}

/** What was answered. */
export interface Answer {
  /** The id of a choice; null for "no idea". */
  readonly choice: string | null;
  /** Guessed ends of curves by lane, in percent; null where none was dragged or asked for. */
  readonly ends: Readonly<Record<string, number>> | null;
  /** The id of the choice for the second question of the chapter; left out before it is answered. */
  readonly further?: string | null | undefined;
}

/** How a chapter came out in the visitor's race. */
export interface Outcome {
  /** The id of the choice that was right; null where none was. */
  readonly choice: string | null;
  /** The same for the second question, where there is one. */
  readonly further?: string | null | undefined;
  /** Whether nets of the race were changed otherwise than by the chapter's deeds, so that it settled nothing. */
  readonly changed?: boolean | undefined;
  /** The values of the chapter's quantities. */
  readonly values: Readonly<Record<string, number>>;
  /** The seed of the race, and the backend that computed it. */
  readonly seed?: number | undefined;
  readonly device?: string | undefined;
}

/** A deed, and what is said before it. The step ends when the deed is done. */
export interface ChapterStep {
  /** What to do now, in one sentence, in place of the hint. */
  readonly hint: (value: ValueOf) => readonly MessagePart[];
  /** Who does it: the visitor by Train or by a button that says this, or the lesson by itself. */
  readonly by:
    | { readonly type: 'train' }
    | { readonly type: 'button'; readonly text: () => string }
    | { readonly type: 'lesson' };
  readonly deed: ChapterDeed;
  /** What to look at, by role and accessible name. */
  readonly highlight: readonly Highlight[];
}

/** An element of the page, found by its role and its accessible name in the present language. */
export interface Highlight {
  readonly role: 'switch' | 'region';
  readonly name: () => string;
  /** The region that it is in, by its accessible name. */
  readonly within?: () => string;
}

/** An action of the lab, or of a section of the page. */
export type ChapterDeed =
  /** Trains every lane to a step. */
  | { readonly type: 'train'; readonly to: number }
  /** Sets the gain of all blocks of a lane. */
  | { readonly type: 'switch'; readonly lane: string; readonly gain: number }
  /** Branches a deeper net off, with one more block in each stage. */
  | { readonly type: 'grow'; readonly lane: string }
  /** Takes these quantities, and shows them in a figure beside the curves. */
  | {
      readonly type: 'measure';
      readonly quantities: readonly string[];
      readonly figure: FigureName | null;
      /** The view of the figure, where it has several. */
      readonly view?: string;
    }
  /** Shows the feature maps of a block in a figure beside the curves. */
  | { readonly type: 'look'; readonly lane: string; readonly block: number }
  /** Trains one more step and plays it in slow motion. */
  | { readonly type: 'slow-motion' }
  | { readonly type: 'open'; readonly section: 'family' };

/** A number that a chapter speaks of. */
export type Quantity =
  /** Mean training error of the last 30 batches after `step` steps, in percent. */
  | { readonly type: 'error'; readonly lane: string; readonly step: number }
  /** One quantity less another, of the same chapter. */
  | { readonly type: 'difference'; readonly of: string; readonly minus: string }
  /** One quantity divided by another, of the same chapter; NaN where that is not positive. */
  | { readonly type: 'ratio'; readonly of: string; readonly over: string }
  /** Taken by a deed that measures. */
  | { readonly type: 'measured'; readonly measure: Measure }
  /** A number of the paper. */
  | { readonly type: 'paper'; readonly value: number };

/** What is measured in a lane at the step where it stands. */
export type Measure =
  /** The gradient norm at the first layer, divided by that at the last convolution. */
  | { readonly type: 'gradient-ratio'; readonly lane: string }
  /** Euclidean norm of a block's longest weight tensor. */
  | { readonly type: 'weight'; readonly lane: string; readonly block: number }
  /** ‖F(x)‖ / ‖x‖ of a block. */
  | { readonly type: 'branch-ratio'; readonly lane: string; readonly block: number }
  /** Mean rise of the error where each block is deleted in turn, in points. */
  | { readonly type: 'damage'; readonly lane: string; readonly kind: LesionKind }
  /** Error on 1,000 fixed training images with batch statistics, in percent. */
  | { readonly type: 'fixed-error'; readonly lane: string };

/** Whether a value lies in a range; NaN lies in none. */
export function isIn(
  { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: Range,
  value: number,
): boolean {
  return value >= from && value < to;
}

/** The choice of a question that these values make the right one. */
export function rightChoice({ choices }: Question, value: ValueOf): Choice | null {
  return choices.find(({ when }) => isIn(when, value(when.quantity))) ?? null;
}

/** How a chapter came out in a race that was changed by hand, so that its numbers are not the chapter's. */
export const UNSETTLED: Outcome = { choice: null, further: null, changed: true, values: {} };

/** How a chapter came out by these values. */
export function outcomeOf(chapter: Chapter, value: ValueOf): Outcome {
  return {
    choice: rightChoice(chapter.question, value)?.id ?? null,
    ...(chapter.further !== null && { further: rightChoice(chapter.further, value)?.id ?? null }),
    values: Object.fromEntries(Object.keys(chapter.quantities).map((name) => [name, value(name)])),
  };
}
