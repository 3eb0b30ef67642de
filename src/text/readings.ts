import { type LandscapeOver, PROBE_DEFAULTS } from '../spec/probe.ts';
import type { StoryPart } from './claims.ts';
import { count, percent } from './format.ts';
import { compact, many } from './number.ts';

/** What a figure's sentence says of one net. */
export interface NetNumber {
  readonly lane: string;
  readonly value: number;
}

const words = (text: string): StoryPart => ({ text });
const after = (steps: number) =>
  steps === 0 ? 'Before the first step' : `After ${count(steps)} ${steps === 1 ? 'step' : 'steps'}`;

/** "a in plain-8, b in ResNet-8 and c in …", the numbers in the nets' colours. */
function listed(numbers: readonly NetNumber[], text: (value: number) => string): readonly StoryPart[] {
  return numbers.flatMap(({ lane, value }, index) => [
    words(index === 0 ? '' : index === numbers.length - 1 ? ' and ' : ', '),
    { text: text(value), lane },
    words(` in ${lane}`),
  ]);
}

const times = (ratio: number) => (ratio < 1 ? ratio.toFixed(2) : ratio < 10 ? ratio.toFixed(1) : compact(ratio));

/** Ratios of the stem's gradient to the last convolution's, as they are and as they first were. */
export function gradientReading(
  step: number,
  ratios: readonly NetNumber[],
  first: { readonly step: number; readonly ratios: readonly NetNumber[] } | null,
): readonly StoryPart[] {
  const grows = [...ratios, ...(first?.ratios ?? [])].some(({ value }) => value > 10);
  return [
    words(`${after(step)}, compared with the last convolution, the gradient at the stem is `),
    ...listed(ratios, (ratio) => `${times(ratio)} times as large`),
    ...(first === null
      ? []
      : [
          words(`; ${first.step === 0 ? 'before the first step' : after(first.step).toLowerCase()} it was `),
          ...listed(first.ratios, (ratio) => `${times(ratio)} times`),
        ]),
    words(grows ? '. Where it is large, it grows toward the input.' : '.'),
  ];
}

/** Means of the responses. */
export function responseReading(step: number, means: readonly NetNumber[]): readonly StoryPart[] {
  return [words(`${after(step)}, the mean response is `), ...listed(means, (mean) => mean.toFixed(2)), words('.')];
}

/**
 * Means of ||F|| / ||x|| over the blocks, of the nets in which every block passes its input on: where a shortcut is
 * missing or weakened, the ratio does not compare what a block adds with what it passes on.
 */
export function branchReading(step: number, means: readonly NetNumber[]): readonly StoryPart[] {
  if (means.length === 0) {
    const none = 'None of these nets has all its shortcuts at strength 1';
    return [words(`${none}, so the ratio does not say how much a block changes what it passes on.`)];
  }
  return [
    words(`${after(step)}, a branch is on average `),
    ...listed(means, (mean) => `${mean.toFixed(2)} times as large as its input`),
    words('. Below 1, a block adds less than it passes on.'),
  ];
}

/** Mean cosines over the layers. */
export function correlationReading(step: number, means: readonly NetNumber[]): readonly StoryPart[] {
  return [
    words(`${after(step)}, the gradients of two batches have a mean cosine of `),
    ...listed(means, (mean) => mean.toFixed(2).replace('-', '−')),
    words('. At 0, what one batch teaches says nothing about the next.'),
  ];
}

/** Lags at which the autocorrelation first is under a half. */
export function shatteringReading(step: number, lags: readonly NetNumber[], whole: number): readonly StoryPart[] {
  return [
    words(`${after(step)}, the gradient along the line has lost half of its likeness after `),
    ...listed(lags, (lag) =>
      lag === Number.POSITIVE_INFINITY ? 'more than what is shown' : `${lag} of ${whole} points`,
    ),
    words('.'),
  ];
}

export interface PathFacts {
  readonly lane: string;
  readonly paths: number;
  /** Mean length of all paths, and of what they carry. */
  readonly length: number;
  readonly carried: number;
}

export function pathReading(step: number, nets: readonly PathFacts[]): readonly StoryPart[] {
  const sentences = nets.flatMap(({ lane, paths, length, carried }, index): readonly StoryPart[] => [
    words(index === 0 ? `${after(step)}, ` : ' '),
    { text: lane, lane },
    ...(paths === 1
      ? [words(` is one path through all ${length.toFixed(0)} branches.`)]
      : [
          words(
            ` is ${many(paths)} paths, ${length.toFixed(1)} branches long on average; what they carry of the gradient comes by paths that are `,
          ),
          { text: carried.toFixed(1), lane },
          words(' long.'),
        ]),
  ]);
  return sentences;
}

/** How the block computes its output, by its gain. */
export function featureReading(gain: number): string {
  if (gain === 0) return 'y = relu(F(x)). Without a shortcut the branch has to make everything that goes on.';
  const strength = gain === 1 ? '' : `${compact(gain)} · `;
  return `y = relu(F(x) + ${strength}x). The branch only has to add the difference; the shortcut hands the rest on${gain === 1 ? ' unchanged' : ''}. Where the shape changes, x is brought to the new shape first.`;
}

/** Mean damage in points of error. */
export function lesionReading(
  step: number,
  damages: readonly NetNumber[],
  baseline: { readonly answer: string; readonly error: number } | null,
): readonly StoryPart[] {
  return [
    words(`${after(step)}, one lesion costs on average `),
    ...listed(damages, (points) => `${points < 0 ? '−' : ''}${percent(Math.abs(points))} points`),
    words(`. ${against(baseline)}`),
  ];
}

/** Error with the most lesions at once. */
export function randomReading(
  step: number,
  lesions: number,
  errors: readonly NetNumber[],
  baseline: { readonly answer: string; readonly error: number } | null,
): readonly StoryPart[] {
  return [
    words(`${after(step)}, the error with ${lesions} ${lesions === 1 ? 'lesion' : 'lesions'} at once is `),
    ...listed(errors, (error) => `${percent(error)}%`),
    words(`. ${against(baseline)}`),
  ];
}

/** The factor between the highest and the lowest loss of each picture. */
export function landscapeReading(step: number, ranges: readonly NetNumber[]): readonly StoryPart[] {
  return [
    words(`${after(step)}, the highest loss shown is `),
    ...listed(ranges, (ratio) => `${ratio < 10 ? ratio.toFixed(2) : compact(ratio)} times the lowest`),
    words('. All pictures have one logarithmic scale; the cross marks the weights as they are.'),
  ];
}

/** Where the directions of a landscape are from. `explained`: shares of the path's variance, by net. */
export function landscapeSource(
  over: LandscapeOver,
  explained: readonly { readonly lane: string; readonly shares: readonly [number, number] }[],
): string {
  const images = `on ${PROBE_DEFAULTS.landscape.images} training images`;
  if (over !== 'path') {
    const directions = over === 'line' ? 'a random direction' : 'two random directions';
    return `After Li et al. 2018: ${directions}, each filter’s part as large as the filter itself, ${images}. It is a slice through many thousand directions, not the whole.`;
  }
  const held = explained.map(
    ({ lane, shares: [first, second] }) => `${Math.round(100 * (first + second))}% in ${lane}`,
  );
  const share = held.length === 0 ? '' : ` They hold so much of its variance: ${held.join(', ')}.`;
  return `After Li et al. 2018, section 7: the two main directions of the path that training took, ${images}. Dots: checkpoints.${share}`;
}

function against(baseline: { readonly answer: string; readonly error: number } | null): string {
  return baseline === null
    ? ''
    : `Always answering “${baseline.answer}” is wrong ${percent(baseline.error)}% of the time.`;
}
