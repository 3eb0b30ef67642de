import { mean, mul, reshape, type Tensor4D, tidy, tile } from '@tensorflow/tfjs-core';
import type { AveragePoolNode } from '../../core/net/node.ts';
import { callKernel, hasKernel } from '../kernels/registry.ts';
import { asMap, type Operation, type Unary } from './operation.ts';

/** Mean of windows that do not overlap. */
export interface AveragePoolInstruction extends Unary {
  readonly op: 'averagepool';
  readonly kernel: number;
}

/** Names of the kernels in tfjs' registry. */
export const AVERAGE_POOL = 'AverageOfWindows';
export const AVERAGE_POOL_GRADIENT = 'AverageOfWindowsGradient';

/** [N, H, W, C] -> [N, H / kernel, W / kernel, C]: first the mean of rows, then of columns. */
export function averagePool(x: Tensor4D, kernel: number): Tensor4D {
  if (hasKernel(AVERAGE_POOL)) return callKernel(AVERAGE_POOL, { x }, { kernel });
  const [batch, height, width, channels] = x.shape;
  const [rows, columns] = [height / kernel, width / kernel];
  return tidy(() => {
    const ofRows = mean(reshape(x, [batch * rows, kernel, width * channels]), 1);
    const ofColumns = mean(reshape(ofRows, [batch * rows * columns, kernel, channels]), 1);
    return reshape(ofColumns, [batch, rows, columns, channels]);
  });
}

/** The gradient of `averagePool`: each pixel of a window gets an equal share of the window's gradient. */
export function averagePoolGradient(dy: Tensor4D, kernel: number): Tensor4D {
  if (hasKernel(AVERAGE_POOL_GRADIENT)) return callKernel(AVERAGE_POOL_GRADIENT, { dy }, { kernel });
  const [batch, rows, columns, channels] = dy.shape;
  return tidy(() => {
    const shares = reshape(mul(dy, 1 / kernel ** 2), [batch * rows * columns, 1, channels]);
    const overColumns = reshape(tile(shares, [1, kernel, 1]), [batch * rows, 1, columns * kernel * channels]);
    return reshape(tile(overColumns, [1, kernel, 1]), [batch, rows * kernel, columns * kernel, channels]);
  });
}

/** The record of the operation `averagepool`. */
export const averagePoolOperation: Operation<AveragePoolNode, AveragePoolInstruction> = {
  lower: ({ node: { input, kernel }, output }) => ({ op: 'averagepool', output, input, kernel }),
  isRecordable: () => hasKernel(AVERAGE_POOL) && hasKernel(AVERAGE_POOL_GRADIENT),
  forward: ({ input, kernel }, { values }) => averagePool(values.get(input, 4), kernel),
  backward({ input, output, kernel }, { gradients }) {
    gradients.accumulate(input, averagePoolGradient(gradients.get(output, 4), kernel));
  },
  inputGradient({ input, kernel }, dy, { give }) {
    give(input, averagePoolGradient(asMap(dy), kernel));
  },
};
