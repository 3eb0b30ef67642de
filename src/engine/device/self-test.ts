import { backend, type Tensor, unregisterKernel } from '@tensorflow/tfjs-core';
import { TrainingBackend } from '../kernels/webgpu/backend.ts';
import { MOVING_AVERAGES } from '../ops/tensors/averages.ts';
import { hasKernel } from '../ops/tensors/kernel.ts';
import { PACK } from '../ops/tensors/pack.ts';
import { SGD_UPDATE } from '../ops/tensors/sgd.ts';
import { EXAMPLES, type Example } from './examples.ts';

/** Largest allowed difference from the stored answer: a broken driver is off by more than rounding. */
const TOLERANCE = 1e-3;

/** Kernels that only work together: if one fails, all are removed. */
const IN_PLACE = [PACK, SGD_UPDATE, MOVING_AVERAGES];

/**
 * Runs every one of our WebGPU kernels on an example, and removes those from tfjs' registry whose answer is wrong:
 * browsers ship broken drivers. Returns their names. Compositions of tfjs' own kernels replace them.
 */
export async function selfTest(): Promise<readonly string[]> {
  const current = backend();
  if (!(current instanceof TrainingBackend)) return [];
  const ours = EXAMPLES.filter(({ kernel }) => hasKernel(kernel));
  const { device } = current;
  // A rejected shader counts as a wrong answer and is not shown to the user.
  device.pushErrorScope('validation');
  device.pushErrorScope('internal');
  const failures = await Promise.all(ours.map(fails));
  await device.popErrorScope();
  await device.popErrorScope();
  const wrong = new Set(ours.flatMap(({ kernel }, nth) => (failures[nth] ? [kernel] : [])));
  if (IN_PLACE.some((kernel) => wrong.has(kernel))) for (const kernel of IN_PLACE) wrong.add(kernel);
  for (const kernel of wrong) if (hasKernel(kernel)) unregisterKernel(kernel, 'webgpu');
  return [...wrong];
}

async function fails(example: Example): Promise<boolean> {
  let outputs: readonly Tensor[] = [];
  try {
    outputs = example.run();
    const values = (await Promise.all(outputs.map((output) => output.data()))).flatMap((each) => [...each]);
    const { answer } = example;
    const isRight = (value: number, nth: number) => Math.abs(value - (answer[nth] ?? Number.NaN)) <= TOLERANCE;
    return values.length !== answer.length || !values.every(isRight);
  } catch {
    return true;
  } finally {
    for (const output of outputs) output.dispose();
  }
}
