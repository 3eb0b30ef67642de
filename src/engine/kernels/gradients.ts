import { mul, registerGradient, reshape, slice, sum, type Tensor } from '@tensorflow/tfjs-core';
import { DENSE, denseGradient } from '../ops/dense.ts';
import { NORM_FORWARD, normBackward } from '../ops/norm.ts';
import { PAD_SHORTCUT, padShortcutGradient } from '../ops/pad.ts';
import { POOL, poolGradient } from '../ops/pool.ts';
import { CONV, convFilterGradient, convInputGradient } from '../ops/tensors/conv2d.ts';
import { CROSS_ENTROPY } from '../ops/tensors/loss.ts';
import { channelSums, reluGradient } from '../ops/tensors/scaled-sum.ts';
import { wholeGradient } from '../ops/tensors/updates.ts';
import { ofRank } from '../weights/tensor-map.ts';
import { numeric, paddingOf } from './registry.ts';

/** The gradient of a kernel's only output, or of its first. */
function first(dy: Tensor | Tensor[]): Tensor {
  const [only] = Array.isArray(dy) ? dy : [dy];
  if (only === undefined) throw new Error('gradient: there is none of the output');
  return only;
}

/** The nth tensor that tfjs saved in the forward pass. Throws if it is missing. */
function saved(tensors: readonly Tensor[], nth: number): Tensor {
  const tensor = tensors[nth];
  if (tensor === undefined) throw new Error(`gradient: tensor ${nth} was not saved`);
  return tensor;
}

/** Registers the gradients of our kernels with tfjs' tape, so that `tf.grad` works on every backend that has them. */
export function registerGradients(): void {
  registerGradient({
    kernelName: CONV,
    inputsToSave: ['x', 'weight'],
    outputsToSave: [true],
    gradFunc: (dys, tensors, attrs) => {
      if (attrs.packedShape !== undefined) throw new Error('conv: a packed filter is only run');
      const [x, weight, y] = [ofRank(saved(tensors, 0), 4), ofRank(saved(tensors, 1), 4), saved(tensors, 2)];
      const given = ofRank(first(dys), 4);
      const dy = attrs.relu === true ? reluGradient(given, y, numeric(attrs, 'slope')) : given;
      const [stride, padding] = [numeric(attrs, 'stride'), paddingOf(attrs)];
      return {
        x: () => convInputGradient(dy, weight, stride, x.shape, undefined, padding),
        weight: () => wholeGradient(convFilterGradient(x, dy, stride, weight.shape, undefined, padding), weight),
        bias: () => {
          const parts = channelSums(dy);
          return parts.rank > 1 ? sum(parts, 0) : parts;
        },
        shortcut: withoutGain,
        gain: withoutGain,
      };
    },
  });
  registerGradient({
    kernelName: PAD_SHORTCUT,
    inputsToSave: ['x'],
    gradFunc: (dy, tensors, attrs) => {
      const { shape } = ofRank(saved(tensors, 0), 4);
      return { x: () => padShortcutGradient(ofRank(first(dy), 4), numeric(attrs, 'stride'), shape) };
    },
  });
  registerGradient({
    kernelName: POOL,
    inputsToSave: ['x'],
    gradFunc: (dy, tensors) => ({ x: () => poolGradient(ofRank(first(dy), 2), ofRank(saved(tensors, 0), 4).shape) }),
  });
  registerGradient({
    kernelName: DENSE,
    inputsToSave: ['x', 'weight'],
    gradFunc: (dy, tensors) => {
      const [x, weight] = [ofRank(saved(tensors, 0), 2), ofRank(saved(tensors, 1), 2)];
      const gradients = denseGradient(ofRank(first(dy), 2), x, weight);
      return { x: () => gradients.dx, weight: () => gradients.dWeight, bias: () => gradients.dBias };
    },
  });
  registerGradient({
    kernelName: NORM_FORWARD,
    inputsToSave: ['x', 'scale', 'shift'],
    outputsToSave: [true, true],
    gradFunc: (dy, tensors, attrs) => {
      const [x, y] = [ofRank(saved(tensors, 0), 4), ofRank(saved(tensors, 3), 4)];
      const [scale, shift] = [ofRank(saved(tensors, 1), 1), ofRank(saved(tensors, 2), 1)];
      const statistics = ofRank(saved(tensors, 4), 2);
      const rectified = attrs.relu === true ? y : null;
      const gradients = normBackward(ofRank(first(dy), 4), x, rectified, statistics, {
        scale,
        gain: null,
        slope: numeric(attrs, 'slope'),
      });
      return {
        x: () => gradients.dx,
        scale: () => wholeGradient(gradients.dScale, scale),
        shift: () => wholeGradient(gradients.dShift, shift),
        shortcut: withoutGain,
        gain: withoutGain,
      };
    },
  });
  registerGradient({
    kernelName: CROSS_ENTROPY,
    outputsToSave: [false, true],
    gradFunc: (dy, tensors) => {
      // Of the metrics only the loss has a gradient.
      const dLoss = reshape(slice(first(dy), 0, 1), []);
      return { logits: () => mul(saved(tensors, 0), dLoss) };
    },
  });
}

/** tfjs cannot save an input that is not always there, and the gain is needed here. */
function withoutGain(): never {
  throw new Error('sum: its gradients by the shortcut and the gain are not on the tape; call backward');
}
