import * as tf from '@tensorflow/tfjs';

/** A residual net of the CIFAR family as tfjs-layers has it out of the box, with projections where the shape changes. */
export function stockNet(blocksPerStage: number, size: number, width: number, classes: number): tf.LayersModel {
  const input = tf.input({ shape: [size, size, 3] });
  const conv = (x: tf.SymbolicTensor, filters: number, kernelSize: number, strides: number) =>
    tf.layers.conv2d({ filters, kernelSize, strides, padding: 'same', useBias: false }).apply(x);
  const norm = (x: unknown) => symbolic(tf.layers.batchNormalization().apply(symbolic(x)));
  const relu = (x: unknown) => symbolic(tf.layers.activation({ activation: 'relu' }).apply(symbolic(x)));

  let x = relu(norm(conv(input, width, 3, 1)));
  for (let stage = 0; stage < 3; stage++) {
    for (let block = 0; block < blocksPerStage; block++) {
      const filters = width * 2 ** stage;
      const stride = stage > 0 && block === 0 ? 2 : 1;
      const branch = norm(conv(relu(norm(conv(x, filters, 3, stride))), filters, 3, 1));
      const shortcut = stride === 1 ? x : norm(conv(x, filters, 1, stride));
      x = relu(tf.layers.add().apply([branch, shortcut]));
    }
  }
  const pooled = symbolic(tf.layers.globalAveragePooling2d({ dataFormat: 'channelsLast' }).apply(x));
  const output = symbolic(tf.layers.dense({ units: classes, activation: 'softmax' }).apply(pooled));
  const model = tf.model({ inputs: input, outputs: output });
  model.compile({ optimizer: tf.train.momentum(0.03, 0.9), loss: 'categoricalCrossentropy' });
  return model;
}

function symbolic(x: unknown): tf.SymbolicTensor {
  if (!(x instanceof tf.SymbolicTensor)) throw new Error('net: a layer gave something else than one symbolic tensor');
  return x;
}
