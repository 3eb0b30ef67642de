/** Damage done to a net for one evaluation, without retraining. Its weights stay as they are. Blocks count from 1. */
export type Lesion =
  /**
   * The block's branch gives 0, so that y = relu(g * S(x)). Where the gain is 0, as in a plain net, the block is left
   * out: y = relu(S(x)).
   */
  | { readonly kind: 'branch'; readonly block: number }
  /** The block's gain is 0: y = relu(F(x)). */
  | { readonly kind: 'shortcut'; readonly block: number }
  /** Two blocks of equal shapes are swapped, with their gains. */
  | { readonly kind: 'swap'; readonly block: number; readonly other: number }
  /** The block's weights, scales and shifts are reset to step 0. */
  | { readonly kind: 'reset'; readonly block: number };

/** The kinds of lesions, in the order in which they are offered. */
export const LESION_KINDS = ['branch', 'shortcut', 'swap', 'reset'] as const satisfies readonly Lesion['kind'][];
/** A kind of lesion. */
export type LesionKind = (typeof LESION_KINDS)[number];

/**
 * Batch-norm statistics while the error is measured. `batch`: the images' own, in chunks of 250. `recalibrated`: the
 * means over 8 training batches under the lesion. `running`: what training left behind, which are another net's.
 */
export const LESION_STATISTICS = ['batch', 'recalibrated', 'running'] as const;
/** The batch-norm statistics that an error is measured with. */
export type LesionStatistics = (typeof LESION_STATISTICS)[number];

/** A lesion study of one lane. Every error is measured on the same 1,000 fixed training images. */
export type LesionRequest =
  /** Each block alone; of `swap`, each pair of a block and the next of equal shapes. */
  | { readonly study: 'sweep'; readonly kind: LesionKind; readonly statistics: readonly LesionStatistics[] }
  /**
   * For k = 1, 2, ... up to `most` several random lesions at once, `trials` times each (Veit et al. 2016, figure 5a; for
   * swaps figure 5b). No block is chosen twice in one trial but for swaps, which then follow each other.
   */
  | {
      readonly study: 'random';
      readonly kind: LesionKind;
      readonly statistics: readonly LesionStatistics[];
      readonly most: number;
      readonly trials: number;
      readonly seed: number;
    }
  /** All these lesions at once, in this order. */
  | {
      readonly study: 'together';
      readonly lesions: readonly Lesion[];
      readonly statistics: readonly LesionStatistics[];
    };

/** Error in percent by kind of statistics; kinds that were not requested are missing. */
export type LesionErrors = { readonly [statistics in LesionStatistics]?: number };

/** The errors under one lesion of a sweep. */
export interface LesionBar {
  readonly lesion: Lesion;
  readonly errors: LesionErrors;
}

/** One trial of k lesions. */
export interface LesionTrial {
  readonly lesions: readonly Lesion[];
  readonly errors: LesionErrors;
}

interface Outcome<Study extends LesionRequest['study']> {
  readonly study: Study;
  readonly lane: string;
  /** Steps that the lane had finished when it was copied. */
  readonly step: number;
  /** Errors of the net without a lesion. */
  readonly before: LesionErrors;
}

/** The result of a study; a partial result has the same form. */
export type LesionResult =
  /**
   * Bars in the order of the blocks, `of` in the end. A kind that a net has no place for (no gain to cut, no equal blocks)
   * has none.
   */
  | (Outcome<'sweep'> & { readonly kind: LesionKind; readonly bars: readonly LesionBar[]; readonly of: number })
  /** All trials, by number of lesions k, up to `of`; the figure computes mean and extremes. */
  | (Outcome<'random'> & {
      readonly kind: LesionKind;
      readonly of: number;
      readonly curve: readonly { readonly count: number; readonly trials: readonly LesionTrial[] }[];
    })
  | (Outcome<'together'> & { readonly lesions: readonly Lesion[]; readonly errors: LesionErrors });

/** A lesion study and the lane that it is done on. */
export interface LesionQuestion {
  readonly lane: string;
  readonly request: LesionRequest;
}
