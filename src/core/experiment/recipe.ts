/** Training hyperparameters, the same for all lanes of a race. */
export interface Recipe {
  /** Batch size. */
  readonly batch: number;
  readonly learningRate: number;
  /** The first `steps` steps at `rate`, as the paper starts its ResNet-110. */
  readonly warmUp: { readonly steps: number; readonly rate: number } | null;
  /** From `step` on the rate is divided by `by`. */
  readonly drops: readonly RateDrop[];
  readonly momentum: number;
  readonly weightDecay: number;
  /**
   * Each tensor's step is the same share of its norm, whatever the norm of its gradient, as in LARS (You et al. 2017).
   * Plain SGD if left out.
   */
  readonly equalSteps?: true | undefined;
  /** Random crop (an eighth of the size as padding) and horizontal flip. */
  readonly augment: boolean;
  /** The mean that is subtracted from images: the training images' mean per pixel, or per channel. */
  readonly mean: MeanOf;
  /** Seed of the initial weights, the order of the images and their augmentation. */
  readonly seed: number;
}

/** The paper's nets for CIFAR-10 have the mean image subtracted (section 4.2); later ones mostly a mean of each channel. */
export const MEANS = ['pixel', 'channel'] as const;
/** Whether the mean is taken per pixel or per channel. */
export type MeanOf = (typeof MEANS)[number];

/** A learning rate drop: from `step` on, the rate is divided by `by`. */
export interface RateDrop {
  readonly step: number;
  readonly by: number;
}

/** The recipe of every experiment in the lesson unless it says otherwise. */
export const DEFAULT_RECIPE: Recipe = {
  batch: 64,
  learningRate: 0.03,
  warmUp: null,
  drops: [],
  momentum: 0.9,
  weightDecay: 1e-4,
  augment: true,
  mean: 'pixel',
  seed: 1,
};

/** The learning rate of the step that follows `step` finished ones. */
export function rateAt(recipe: Recipe, step: number): number {
  if (recipe.warmUp !== null && step < recipe.warmUp.steps) return recipe.warmUp.rate;
  const reached = recipe.drops.filter((drop) => step >= drop.step);
  return reached.reduce((rate, { by }) => rate / by, recipe.learningRate);
}
