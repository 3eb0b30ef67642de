import { square, sum, tidy } from '@tensorflow/tfjs-core';
import { printable } from '../../../core/quote.ts';
import { Random } from '../../../data/batches/random.ts';
import type { PathLength, PathsRequest, PathsResult } from '../../../features/insight/probes/paths.ts';
import { SaidError, sentence } from '../../../language/sentence.ts';
import { imageGradient, type Route } from '../../graph/backward.ts';
import { forward } from '../../graph/forward.ts';
import { crossEntropy } from '../../ops/tensors/loss.ts';
import { batchChunks, disposeBatch, upload } from '../../training/device-batch.ts';
import { Readback } from '../../weights/readback.ts';
import { withFixedStatistics } from '../calibration.ts';
import { inScope, type MeasurementHooks } from '../measurement.ts';
import type { Subject } from '../subject.ts';

/** Few, because their activations are kept while training goes on. */
const IMAGES = 16;

/** The most lengths whose paths are followed: a net of a thousand layers has hundreds. */
export const MOST_LENGTHS = 32;
/** At least as many paths of a length are followed, if there are and if as many are asked for. */
const LEAST_SAMPLES = 4;

/** The most blocks whose shortcut is not cut: n of them make 2^n paths, and numbers end at 2^1024. */
export const MOST_OPEN = 1000;

/**
 * The number of paths of each length, and the norm of the image gradient that each carries: one forward pass of the
 * whole net, then for each path a backward pass through its own branches and past all others (Veit et al. 2016,
 * section 4.2). The gradients of all paths add up to the full gradient. Rejects where the paths are too many to be counted.
 */
export function probePaths(
  subject: Subject,
  { samples, seed }: PathsRequest,
  { turn }: Pick<MeasurementHooks<never>, 'turn'>,
): Promise<PathsResult> {
  return inScope(async (scope) => {
    const { lane, step, data, program, weights } = subject;
    const blocks = weights.gains.map((_, index) => index + 1);
    const open = blocks.filter((block) => weights.gains[block - 1] !== 0);
    const closed = blocks.filter((block) => weights.gains[block - 1] === 0);
    if (open.length > MOST_OPEN) {
      const shortcuts = open.length;
      throw new SaidError(sentence('errors.paths.uncountable', { name: printable(lane), shortcuts, most: MOST_OPEN }));
    }
    const fixed = withFixedStatistics(subject, scope);
    const [chunk] = batchChunks(data.batch(step), IMAGES, IMAGES);
    if (chunk === undefined) throw new Error('paths: there are no images');
    const batch = upload(chunk, data.size, data.classes);
    scope.own({ dispose: () => disposeBatch(batch) });
    const trace = forward(program, fixed, batch.images, 'running', true);
    scope.own(trace.values);
    const { metrics, dLogits } = crossEntropy(trace.values.get(program.output, 2), batch.labels);
    metrics.dispose();
    scope.own(dLogits);

    const normOf = async (routeOf?: (block: number) => Route) => {
      const squares = tidy(() => sum(square(imageGradient(program, fixed, trace.values, dLogits, routeOf))));
      const readback = new Readback();
      let norm = Number.NaN;
      readback.add(squares, ([value = Number.NaN]) => {
        norm = Math.sqrt(value);
      });
      await readback.flush();
      await turn();
      return norm;
    };

    const random = new Random(`paths/${seed}`);
    const most = samplesEach(open.length, samples);
    const followed: FollowedLength[] = [];
    for (const k of followedLengths(open.length)) {
      const exact = binomial(open.length, k) <= most;
      const chosen = exact ? combinations(open, k) : Array.from({ length: most }, () => choose(open, k, random));
      let perPath = 0;
      for (const branches of chosen) {
        const through = new Set([...closed, ...branches]);
        perPath += (await normOf((block) => (through.has(block) ? 'branch' : 'shortcut'))) / chosen.length;
      }
      followed.push({ k, perPath, followed: chosen.length, exact });
    }
    const lengths = withThoseBetween(followed).map(({ k, ...each }): PathLength => {
      const count = binomial(open.length, k);
      return { length: closed.length + k, count, ...each, total: count * each.perPath };
    });
    const gradient = await normOf();
    return { name: 'paths', lane, step, blocks: blocks.length, cut: closed.length, lengths, gradient };
  });
}

/** The lengths that are followed, as numbers of the n open branches on the way: all, or as many as may be, evenly spread. */
function followedLengths(n: number): readonly number[] {
  const count = Math.min(n + 1, MOST_LENGTHS);
  return Array.from({ length: count }, (_, index) => (count === 1 ? 0 : Math.round((index * n) / (count - 1))));
}

/** How many paths of a length are followed: the deeper the net, the longer one takes, and the fewer there are. */
function samplesEach(n: number, samples: number): number {
  const affordable = Math.max(LEAST_SAMPLES, Math.floor((samples * MOST_LENGTHS) / (n + 1)));
  return Math.min(samples, affordable);
}

interface FollowedLength extends Pick<PathLength, 'perPath' | 'followed' | 'exact'> {
  /** Open branches on the way. */
  readonly k: number;
}

/** The followed lengths, and in their places those between, with the norm on a straight line over a logarithmic scale. */
function withThoseBetween(found: readonly FollowedLength[]): readonly FollowedLength[] {
  return found.flatMap((right, index) => {
    const left = found[index - 1];
    if (left === undefined) return [right];
    const gap = right.k - left.k;
    const between = Array.from({ length: gap - 1 }, (_, nth): FollowedLength => {
      const share = (nth + 1) / gap;
      const perPath = left.perPath ** (1 - share) * right.perPath ** share;
      return { k: left.k + nth + 1, perPath, followed: 0, exact: false };
    });
    return [...between, right];
  });
}

/** A uniformly random subset of k items. */
function choose(items: readonly number[], k: number, random: Random): readonly number[] {
  const rest = [...items];
  return Array.from({ length: k }, () => rest.splice(random.below(rest.length), 1)).flat();
}

/** C(n, k): how many ways there are to choose k of n. Exact up to 2^53. */
export function binomial(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) product = (product * (n - i + 1)) / i;
  return k < 0 || k > n ? 0 : product;
}

/** Every choice of k out of the items, in their order. */
export function combinations<T>(items: readonly T[], k: number): readonly (readonly T[])[] {
  if (k === 0) return [[]];
  // Without this, all of n items would be found by trying each of their 2^n subsets.
  if (k > items.length) return [];
  return items.flatMap((item, index) => combinations(items.slice(index + 1), k - 1).map((rest) => [item, ...rest]));
}
