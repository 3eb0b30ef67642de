import {
  add,
  argMax,
  cast,
  exp,
  logSoftmax,
  mean,
  mul,
  neg,
  notEqual,
  reshape,
  type Scalar,
  stack,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { callKernel, hasKernel } from '../../kernels/registry.ts';

/** Name of the kernel in tfjs' registry. */
export const CROSS_ENTROPY = 'CrossEntropy';

/** Labels of a batch: class indices [N] as int32, and one-hot [N, classes] as float32. */
export interface Labels {
  readonly indices: Tensor1D;
  readonly oneHot: Tensor2D;
}

/**
 * Metrics [2] on the device: softmax cross-entropy in nats, averaged over the batch, and share of wrong answers. Also
 * the gradient of the loss with respect to the logits, (softmax - oneHot) / N, [N, classes].
 */
export function crossEntropy(
  logits: Tensor2D,
  { indices, oneHot }: Labels,
): { readonly metrics: Tensor1D; readonly dLogits: Tensor2D } {
  if (hasKernel(CROSS_ENTROPY)) {
    const [metrics, dLogits] = callKernel<[Tensor1D, Tensor2D]>(CROSS_ENTROPY, { logits, labels: indices });
    return { metrics, dLogits };
  }
  return tidy(() => {
    const logProbabilities: Tensor2D = logSoftmax(logits);
    const loss: Scalar = neg(mean(sum(mul(logProbabilities, oneHot), 1)));
    const dLogits: Tensor2D = mul(sub(exp(logProbabilities), oneHot), 1 / logits.shape[0]);
    const metrics: Tensor1D = reshape(stack<Tensor>([loss, shareOfWrong(logits, indices)]), [2]);
    return { metrics, dLogits };
  });
}

/** The share of rows whose largest logit is not the label's, a scalar in 0 .. 1; NaN where a logit is not finite. */
export function wrongShare(logits: Tensor2D, indices: Tensor1D): Scalar {
  // argMax answers the first class for a row of NaN.
  return tidy(() => add(shareOfWrong(logits, indices), sum(mul(logits, 0))));
}

/** The same without a look at the logits: beside a loss, which is not finite either where they are not. */
function shareOfWrong(logits: Tensor2D, indices: Tensor1D): Scalar {
  return mean(cast(notEqual(argMax(logits, 1), indices), 'float32'));
}
