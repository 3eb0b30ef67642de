import { CROSS_ENTROPY } from '../../ops/tensors/loss.ts';
import { required } from '../inputs.ts';
import { arrayOf, run, webGpuKernel } from './shader.ts';
import { THREADS } from './tuning.ts';
import { f32 } from './wgsl.ts';

/**
 * See ops/loss.ts, crossEntropy: outputs metrics [2] and dLogits [N, classes]. One workgroup does it all: a
 * batch has few rows.
 */
export const crossEntropyKernel = webGpuKernel(CROSS_ENTROPY, (backend, inputs) => {
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
