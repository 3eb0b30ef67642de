import type { Picture } from './report.ts';

/** What can be measured inside a lane. Each leaves the lane as it is, and is of one step, even while training goes on. */
export const PROBE_NAMES = [
  'gradients',
  'responses',
  'branches',
  'correlation',
  'shattering',
  'paths',
  'features',
  'landscape',
] as const;
export type ProbeName = (typeof PROBE_NAMES)[number];

/** Domain of a loss landscape: a random line, a random plane, or the plane of the training path. */
export const LANDSCAPE_OVER = ['line', 'plane', 'path'] as const;
export type LandscapeOver = (typeof LANDSCAPE_OVER)[number];

/** One of the test images that are shown, counted from 0, or any other image. */
export type ProbedImage = number | Picture;

export type ProbeRequest =
  /** Norms of the parameters' gradients on the batch of the lane's next step. */
  | { readonly name: 'gradients' }
  | { readonly name: 'responses' }
  | { readonly name: 'branches' }
  /** Cosine similarity of the gradients of every pair among the next `batches` training batches. */
  | { readonly name: 'correlation'; readonly batches: number }
  /** On `lines` straight lines between two training images, `points` equally spaced inputs on each. */
  | { readonly name: 'shattering'; readonly lines: number; readonly points: number; readonly seed: number }
  /** Gradient norms by path length (Veit et al. 2016), over all paths of a length or at most `samples` random ones. */
  | { readonly name: 'paths'; readonly samples: number; readonly seed: number }
  /** Feature maps of one image in one block, counted from 1. */
  | { readonly name: 'features'; readonly image: ProbedImage; readonly block: number }
  /**
   * The loss on the first `images` fixed training images. `points` a side, odd; `reach` in units of the filters' norms
   * to either side of the middle, not used over a path.
   */
  | {
      readonly name: 'landscape';
      readonly over: LandscapeOver;
      readonly points: number;
      readonly reach: number;
      readonly images: number;
      readonly seed: number;
    };

/** Requests that take no more than a few steps of training, but for `landscape`. */
export const PROBE_DEFAULTS: { readonly [Name in ProbeName]: Extract<ProbeRequest, { readonly name: Name }> } = {
  gradients: { name: 'gradients' },
  responses: { name: 'responses' },
  branches: { name: 'branches' },
  correlation: { name: 'correlation', batches: 4 },
  shattering: { name: 'shattering', lines: 2, points: 256, seed: 1 },
  paths: { name: 'paths', samples: 16, seed: 1 },
  features: { name: 'features', image: 0, block: 1 },
  landscape: { name: 'landscape', over: 'plane', points: 17, reach: 1, images: 250, seed: 1 },
};

interface Measured<Name extends ProbeName> {
  readonly name: Name;
  readonly lane: string;
  /** Steps that the lane had finished when it was copied. */
  readonly step: number;
}

/** A weighted layer on the main path, in the order of the net. */
export interface LayerOf {
  /** "stem.conv", "stage1.block2.conv1", "head.dense". */
  readonly layer: string;
  /** Counted from 1; 0 for the stem and the head. */
  readonly block: number;
}

/** Euclidean norm of the loss's gradient by each layer's weights, without weight decay. It grows toward the input in deep plain nets. */
export interface GradientsResult extends Measured<'gradients'> {
  readonly layers: readonly (LayerOf & { readonly norm: number })[];
  /** Gradient norm of the stem over that of the last convolution. */
  readonly ratio: number;
  /** Gradient norm over all parameters together. */
  readonly total: number;
}

/**
 * Standard deviation over batch, pixels and channels of each convolution's output after batch normalisation, before the
 * nonlinearity or the addition (He et al. 2015, figure 7; there of the 3x3 layers).
 */
export interface ResponsesResult extends Measured<'responses'> {
  readonly layers: readonly (LayerOf & { readonly kernel: number; readonly deviation: number })[];
  /** The deviations, largest first. */
  readonly sorted: readonly number[];
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

export interface BranchesResult extends Measured<'branches'> {
  readonly blocks: readonly BranchFacts[];
}

/** Cosine of the gradients of two training batches by each layer's weights, mean over the pairs. */
export interface CorrelationResult extends Measured<'correlation'> {
  readonly pairs: number;
  readonly layers: readonly (LayerOf & { readonly cosine: number })[];
  /** Over the layers. */
  readonly mean: number;
}

/**
 * How like each other gradients at nearby inputs are, after Balduzzi et al. 2017: along a straight line x(t) between two
 * training images the derivative df/dt of a logit, and its sample autocorrelation. White noise has 0 at every lag but 0;
 * the slower it falls, the smoother the gradient. Normalisations have the fixed statistics of a training batch.
 */
export interface ShatteringResult extends Measured<'shattering'> {
  /** t of each point, 0 .. 1; lags are in such points. */
  readonly positions: readonly number[];
  /** df/dt on each line, [lines][points], f the logit of the class of the line's first image. */
  readonly derivatives: readonly (readonly number[])[];
  /** Autocorrelation at lag 0, 1, 2, ..., up to a quarter of the points, mean over the lines. */
  readonly autocorrelation: readonly number[];
}

/** All paths of one length, which is the number of branches that a path goes through. */
export interface PathLength {
  readonly length: number;
  /** How many there are: C(shortcuts, length - cut) with `cut` blocks whose gain is 0. Exact up to 2^53. */
  readonly count: number;
  /** Mean over the paths that were followed of the norm of what each carries of the loss's gradient by the images. */
  readonly perPath: number;
  /** count * perPath: Veit et al. 2016, figure 6c. */
  readonly total: number;
  /** How many were followed, and whether these are all. */
  readonly followed: number;
  readonly exact: boolean;
}

/** A net of n blocks with shortcuts as its 2^n paths (Veit et al. 2016, section 4.2 and figure 6). */
export interface PathsResult extends Measured<'paths'> {
  readonly blocks: number;
  /** Blocks whose gain is 0: every path goes through their branches. */
  readonly cut: number;
  /** From the shortest that there is to the longest. */
  readonly lengths: readonly PathLength[];
  /** Norm of the whole gradient by the images, all paths together. */
  readonly gradient: number;
}

/** Channels last, [height, width, channels] flat. */
export interface FeatureMap {
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly values: Float32Array;
}

/** One image in one block; the normalisations have the statistics of a training batch. */
export interface FeaturesResult extends Measured<'features'> {
  readonly image: ProbedImage;
  readonly block: number;
  readonly input: FeatureMap;
  /** F(x), before gain and addition. */
  readonly branch: FeatureMap;
  readonly output: FeatureMap;
  /** The largest absolute value of the three: ends of one diverging scale. */
  readonly largest: number;
  /** The stem's weights, [height, width, RGB, filters] flat. */
  readonly filters: { readonly shape: readonly [number, number, number, number]; readonly values: Float32Array };
}

/** A checkpoint on a path plane. */
export interface PathPoint {
  readonly step: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Mean loss (nats) and error (percent) at w + x * d1 + y * d2, with batch statistics; the net as it stands is at 0, 0.
 * `line` and `plane`: random normal directions, each filter's scaled to the norm of the filter's weights, normalisations
 * and biases left alone (Li et al. 2018, section 4). `path`: the first two principal components of the checkpoints, of
 * norm 1 over all parameters (section 7).
 */
export interface LandscapeResult extends Measured<'landscape'> {
  readonly over: LandscapeOver;
  readonly x: readonly number[];
  /** [0] on a line. */
  readonly y: readonly number[];
  /** [y][x] flat; NaN where it is not measured yet. Coarse grids come first. */
  readonly losses: Float32Array;
  readonly errors: Float32Array;
  /** Number of measured points. */
  readonly done: number;
  readonly of: number;
  readonly path: readonly PathPoint[];
  /** Share of the checkpoints' variance in each direction, 0 .. 1; null where the directions are random. */
  readonly explained: readonly [number, number] | null;
}

/** The result of a probe; a landscape's partial results have the same form. */
export type ProbeResult =
  | GradientsResult
  | ResponsesResult
  | BranchesResult
  | CorrelationResult
  | ShatteringResult
  | PathsResult
  | FeaturesResult
  | LandscapeResult;
