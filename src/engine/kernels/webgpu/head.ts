import { sizeOf } from '../../../core/net/node.ts';
import { DENSE, DENSE_GRADIENT } from '../../ops/dense.ts';
import { POOL, POOL_GRADIENT } from '../../ops/pool.ts';
import { CROSS_ENTROPY } from '../../ops/tensors/loss.ts';
import { required, shape4D } from '../registry.ts';
import { arrayOf, outputIn, run, threads, webGpuKernel } from './shader.ts';
import { THREADS } from './tuning.ts';
import { f32 } from './wgsl.ts';

/** A workgroup for the few threads that the head has. */
const WORKGROUP = THREADS / 4;

/** See ops/pool.ts, pool. */
export const webgpuPoolKernel = webGpuKernel(POOL, (backend, inputs) => {
  const x = required(inputs, 'x');
  const [batch, height, width, channels] = shape4D(x.shape);
  const y = backend.make([batch, channels]);
  const { grid, index } = threads(batch * channels, WORKGROUP);
  run(backend, {
    name: 'pool',
    reads: { x: arrayOf('f32', x) },
    writes: { y: arrayOf('f32', y) },
    workgroup: WORKGROUP,
    grid,
    body: `${index}
  let start = (index / ${channels}) * ${height * width * channels} + index % ${channels};
  var sum = 0.0;
  for (var pixel = 0; pixel < ${height * width}; pixel++) { sum += x[start + pixel * ${channels}]; }
  y[index] = sum * ${f32(1 / (height * width))};`,
  });
  return y;
});

/** See ops/pool.ts, poolGradient. */
export const webgpuPoolGradientKernel = webGpuKernel(POOL_GRADIENT, (backend, inputs, attrs) => {
  const shape = shape4D(attrs.inputShape);
  const [, height, width, channels] = shape;
  const dx = backend.make(shape);
  const { grid, index } = threads(sizeOf(shape), THREADS);
  run(backend, {
    name: 'pool gradient',
    reads: { dy: arrayOf('f32', required(inputs, 'dy')) },
    writes: { dx: arrayOf('f32', dx) },
    workgroup: THREADS,
    grid,
    body: `${index}
  let image = index / ${height * width * channels};
  dx[index] = dy[image * ${channels} + index % ${channels}] * ${f32(1 / (height * width))};`,
  });
  return dx;
});

/** See ops/dense.ts, dense. */
export const webgpuDenseKernel = webGpuKernel(DENSE, (backend, inputs) => {
  const [x, weight] = [required(inputs, 'x'), required(inputs, 'weight')];
  const [batch = 1, from = 1] = x.shape;
  const to = weight.shape[1] ?? 1;
  const y = backend.make([batch, to]);
  const { grid, index } = threads(batch * to, WORKGROUP);
  run(backend, {
    name: 'dense',
    reads: { x: arrayOf('f32', x), weight: arrayOf('f32', weight), bias: arrayOf('f32', required(inputs, 'bias')) },
    writes: { y: arrayOf('f32', y) },
    workgroup: WORKGROUP,
    grid,
    body: `${index}
  let o = index % ${to};
  let start = (index / ${to}) * ${from};
  var sum = bias[o];
  for (var i = 0; i < ${from}; i++) { sum += x[start + i] * weight[i * ${to} + o]; }
  y[index] = sum;`,
  });
  return y;
});

/** See ops/dense.ts, denseGradient: outputs dx, dWeight and dBias, by neighbouring threads of one dispatch. */
export const webgpuDenseGradientKernel = webGpuKernel(DENSE_GRADIENT, (backend, inputs) => {
  const [dy, x, weight] = [required(inputs, 'dy'), required(inputs, 'x'), required(inputs, 'weight')];
  const [batch = 1, from = 1] = x.shape;
  const to = weight.shape[1] ?? 1;
  const dx = backend.make(x.shape);
  const dWeight = outputIn(backend, inputs.weightPlace, [from, to]);
  const dBias = outputIn(backend, inputs.biasPlace, [to]);
  const [atWeight, atBias] = [batch * from, batch * from + from * to];
  const { grid, index } = threads(atBias + to, WORKGROUP);
  run(backend, {
    name: 'dense gradient',
    reads: { dy: arrayOf('f32', dy), x: arrayOf('f32', x), weight: arrayOf('f32', weight) },
    writes: { dx: arrayOf('f32', dx), dWeight: arrayOf('f32', dWeight), dBias: arrayOf('f32', dBias) },
    workgroup: WORKGROUP,
    grid,
    body: `${index}
  var sum = 0.0;
  if (index < ${atWeight}) {
    let image = index / ${from};
    let i = index % ${from};
    for (var o = 0; o < ${to}; o++) { sum += dy[image * ${to} + o] * weight[i * ${to} + o]; }
    dx[index] = sum;
  } else if (index < ${atBias}) {
    let at = index - ${atWeight};
    let i = at / ${to};
    let o = at % ${to};
    for (var image = 0; image < ${batch}; image++) { sum += x[image * ${from} + i] * dy[image * ${to} + o]; }
    dWeight[at] = sum;
  } else {
    let o = index - ${atBias};
    for (var image = 0; image < ${batch}; image++) { sum += dy[image * ${to} + o]; }
    dBias[o] = sum;
  }`,
  });
  return [dx, dWeight, dBias];
});

/**
 * See ops/tensors/loss.ts, crossEntropy: outputs metrics [2] and dLogits [N, classes]. One workgroup does it all: a
 * batch has few rows.
 */
export const webgpuCrossEntropyKernel = webGpuKernel(CROSS_ENTROPY, (backend, inputs) => {
  const logits = required(inputs, 'logits');
  const [batch = 1, classes = 1] = logits.shape;
  const metrics = backend.make([2]);
  const dLogits = backend.make(logits.shape);
  const share = f32(1 / batch);
  run(backend, {
    name: 'cross-entropy',
    reads: { logits: arrayOf('f32', logits), labels: arrayOf('i32', required(inputs, 'labels')) },
    writes: { metrics: arrayOf('f32', metrics), dLogits: arrayOf('f32', dLogits) },
    workgroup: THREADS,
    grid: [1, 1, 1],
    declarations: `var<workgroup> losses : array<f32, ${THREADS}>; var<workgroup> wrongs : array<f32, ${THREADS}>;`,
    body: `var loss = 0.0;
  var wrong = 0.0;
  for (var row = thread; row < ${batch}; row += ${THREADS}) {
    let start = row * ${classes};
    var largest = logits[start];
    var answer = 0;
    for (var k = 1; k < ${classes}; k++) {
      if (logits[start + k] > largest) { largest = logits[start + k]; answer = k; }
    }
    var total = 0.0;
    for (var k = 0; k < ${classes}; k++) { total += exp(logits[start + k] - largest); }
    let logTotal = log(total);
    let label = labels[row];
    for (var k = 0; k < ${classes}; k++) {
      let logProbability = logits[start + k] - largest - logTotal;
      dLogits[start + k] = (exp(logProbability) - select(0.0, 1.0, k == label)) * ${share};
    }
    loss -= logits[start + label] - largest - logTotal;
    wrong += select(1.0, 0.0, answer == label);
  }
  losses[thread] = loss;
  wrongs[thread] = wrong;
  for (var far = ${THREADS / 2}; far > 0; far /= 2) {
    workgroupBarrier();
    if (thread < far) { losses[thread] += losses[thread + far]; wrongs[thread] += wrongs[thread + far]; }
  }
  if (thread == 0) { metrics[0] = losses[0] * ${share}; metrics[1] = wrongs[0] * ${share}; }`,
  });
  return [metrics, dLogits];
});
