import { square, sum, tidy } from '@tensorflow/tfjs-core';
import { Random } from '../../../data/batches/random.ts';
import type { PathLength, PathsRequest, PathsResult } from '../../../features/insight/probes/paths.ts';
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

/**
 * The number of paths of each length, and the norm of the image gradient that each carries: one forward pass of the
 * whole net, then for each path a backward pass through its own branches and past all others (Veit et al. 2016,
 * section 4.2). The gradients of all paths add up to the full gradient.
 */
export function probePaths(
  subject: Subject,
  { samples, seed }: PathsRequest,
  { turn }: Pick<MeasurementHooks<never>, 'turn'>,
): Promise<PathsResult> {
  return inScope(async (scope) => {
    const { lane, step, data, program, weights } = subject;
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

    const blocks = weights.gains.map((_, index) => index + 1);
    const open = blocks.filter((block) => weights.gains[block - 1] !== 0);
    const closed = blocks.filter((block) => weights.gains[block - 1] === 0);
    const random = new Random(`paths/${seed}`);
    const lengths: PathLength[] = [];
    for (let k = 0; k <= open.length; k++) {
      const count = binomial(open.length, k);
      const exact = count <= samples;
      const chosen = exact ? combinations(open, k) : Array.from({ length: samples }, () => choose(open, k, random));
      let perPath = 0;
      for (const branches of chosen) {
        const through = new Set([...closed, ...branches]);
        perPath += (await normOf((block) => (through.has(block) ? 'branch' : 'shortcut'))) / chosen.length;
      }
      const length = closed.length + k;
      lengths.push({ length, count, perPath, total: count * perPath, followed: chosen.length, exact });
    }
    const gradient = await normOf();
    return { name: 'paths', lane, step, blocks: blocks.length, cut: closed.length, lengths, gradient };
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
  return items.flatMap((item, index) => combinations(items.slice(index + 1), k - 1).map((rest) => [item, ...rest]));
}
