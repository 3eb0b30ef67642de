/** How a race is trained; the same for all its lanes. */
export interface Recipe {
  /** Images in one step. */
  readonly batch: number;
  readonly learningRate: number;
  /** The first `steps` steps at `rate`, as the paper starts its ResNet-110. */
  readonly warmUp: { readonly steps: number; readonly rate: number } | null;
  /** From `step` on the rate is divided by `by`. */
  readonly drops: readonly RateDrop[];
  readonly momentum: number;
  readonly weightDecay: number;
  /** Random crop (an eighth of the size as padding) and horizontal flip. */
  readonly augment: boolean;
  /** Decides the initial weights, the order of the images and their augmentation. */
  readonly seed: number;
}

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
  seed: 1,
};

/** The learning rate of the step that follows `step` finished ones. */
export function rateAt(recipe: Recipe, step: number): number {
  if (recipe.warmUp !== null && step < recipe.warmUp.steps) return recipe.warmUp.rate;
  const reached = recipe.drops.filter((drop) => step >= drop.step);
  return reached.reduce((rate, { by }) => rate / by, recipe.learningRate);
}
