import { mul, sum, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { Program } from '../graph/compile.ts';
import { forward } from '../graph/forward.ts';
import type { ReadableWeights } from '../weights/readable-weights.ts';
import { Readback } from '../weights/readback.ts';

/** Name of the first layer whose output on `images` [N, size, size, 3] is not finite; null if all are. */
export async function firstNotFiniteLayer(
  program: Program,
  weights: ReadableWeights,
  images: Tensor4D,
): Promise<string | null> {
  const trace = forward(program, weights, images, 'batch', true);
  const readback = new Readback();
  let first: string | null = null;
  for (const instruction of program.instructions) {
    const value = trace.values.find(instruction.output);
    if (value === undefined) continue;
    readback.add(brokenness(value), ([zero]) => {
      if (zero !== 0) first ??= instruction.op === 'norm' ? instruction.norm : instruction.output;
    });
  }
  trace.values.dispose();
  trace.statistics.dispose();
  await readback.flush();
  return first;
}

/** A scalar: 0 if all values are finite, else NaN. */
function brokenness(value: Tensor): Tensor {
  return tidy(() => sum(mul(value, 0)));
}
