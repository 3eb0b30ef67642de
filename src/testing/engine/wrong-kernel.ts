import { type KernelFunc, unregisterKernel } from '@tensorflow/tfjs-core';
import { selfTest } from '../../engine/device/self-test.ts';
import { hasKernel, register } from '../../engine/kernels/registry.ts';
import { WEBGPU_KERNELS } from '../../engine/kernels/webgpu/all.ts';
import { POOL_GRADIENT } from '../../engine/ops/pool.ts';

/**
 * Spoils one kernel of the webgpu backend as a broken driver would: right in shape, wrong in its numbers. Gives what
 * the self-test finds, and what `whileFallen` says while tfjs' own kernels do that work.
 */
export async function withWrongKernel<T>(
  whileFallen: () => Promise<T>,
): Promise<{ readonly found: readonly string[]; readonly isGone: boolean; readonly result: T }> {
  const right = WEBGPU_KERNELS.find(({ kernelName }) => kernelName === POOL_GRADIENT);
  if (right === undefined) throw new Error(`kernel: no ${POOL_GRADIENT}`);
  // Of another image, with as many values: each gets the wrong share.
  const wrong: KernelFunc = ({ attrs, ...rest }) => {
    const [batch = 1, height = 1, width = 1, channels = 1] = shapeOf(attrs?.inputShape);
    const output = right.kernelFunc({ ...rest, attrs: { inputShape: [batch, height, 2 * width, channels] } });
    return Array.isArray(output) ? output : { ...output, shape: [batch, height, width, channels] };
  };
  register([{ ...right, kernelFunc: wrong }]);
  const found = await selfTest();
  const isGone = !hasKernel(POOL_GRADIENT);
  const result = await whileFallen();
  if (!isGone) unregisterKernel(POOL_GRADIENT, 'webgpu');
  register([right]);
  return { found, isGone, result };
}

function shapeOf(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}
