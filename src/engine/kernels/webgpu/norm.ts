import { Slice, type TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../spec/parameter.ts';
import { NORM_BACKWARD, NORM_EVALUATE, NORM_FORWARD } from '../../operations/norm.ts';
import { type Inputs, numeric, required } from '../inputs.ts';
import { channelSums } from './channel-sums.ts';
import { type Gpu, webGpuKernel } from './shader.ts';

/** WGSL for a number: with a point, as f32 wants it. */
const f32 = (value: number) => value.toExponential();

/** Mean and biased variance of each channel. Differences to the first pixel keep the variance from cancelling. */
function moments(gpu: Gpu, x: TensorInfo): TensorInfo {
  const [size, channels] = [sizeOf(x.shape), x.shape[3]!];
  const share = f32(channels / size);
  return channelSums(gpu, {
    name: 'moments',
    inputs: { x },
    size,
    channels,
    setup: 'let d = x[i] - x[c];',
    first: 'd',
    second: 'd * d',
    rows: [`x[c] + a * ${share}`, `max(0.0, (b - a * a * ${share}) * ${share})`],
  });
}

/** y = relu?(scale * (x - mean) / sqrt(variance + epsilon) + shift + gain * shortcut), element by element. */
function apply(gpu: Gpu, inputs: Inputs, statistics: TensorInfo, relu: boolean, epsilon: number): TensorInfo {
  const x = required(inputs, 'x');
  const { shortcut, gain } = inputs;
  const [size, channels] = [sizeOf(x.shape), x.shape[3]!];
  const sum = shortcut === undefined || gain === undefined ? null : { shortcut, gain };
  return gpu.run({
    name: `norm ${size} ${channels} ${epsilon} ${relu ? 'relu' : ''} ${sum === null ? '' : 'sum'}`,
    inputs: { x, statistics, scale: required(inputs, 'scale'), shift: required(inputs, 'shift'), ...sum },
    output: x.shape,
    threads: size,
    body: `
      if (index >= ${size}) { return; }
      let c = index % ${channels};
      let factor = scale[c] * inverseSqrt(statistics[${channels} + c] + ${f32(epsilon)});
      var value = (x[index] - statistics[c]) * factor + shift[c];
      ${sum === null ? '' : 'value += gain[0] * shortcut[index];'}
      result[index] = ${relu ? 'select(value, 0.0, value < 0.0)' : 'value'};`,
  });
}

/** See operations/norm.ts, normForward: outputs y and statistics. */
export const normForwardKernel = webGpuKernel(NORM_FORWARD, (gpu, inputs, attrs) => {
  const statistics = moments(gpu, required(inputs, 'x'));
  return [apply(gpu, inputs, statistics, attrs.relu === true, numeric(attrs, 'epsilon')), statistics];
});

/** See operations/norm.ts, normEvaluate. */
export const normEvaluateKernel = webGpuKernel(NORM_EVALUATE, (gpu, inputs, attrs) =>
  apply(gpu, inputs, required(inputs, 'statistics'), attrs.relu === true, numeric(attrs, 'epsilon')),
);

/** See operations/norm.ts, normBackward: outputs dx, dScale, dShift and, where there is a gain, dShortcut. */
export const normBackwardKernel = webGpuKernel(NORM_BACKWARD, (gpu, inputs, attrs) => {
  const [x, dy, statistics] = [required(inputs, 'x'), required(inputs, 'dy'), required(inputs, 'statistics')];
  const relu = attrs.relu === true;
  const epsilon = numeric(attrs, 'epsilon');
  const [size, channels] = [sizeOf(x.shape), x.shape[3]!];
  const share = f32(channels / size);
  const inverse = `inverseSqrt(statistics[${channels} + c] + ${f32(epsilon)})`;
  // Where y is 0 the ReLU let nothing through.
  const mask = relu ? { y: required(inputs, 'y') } : {};
  const dzAt = (i: string) => (relu ? `select(0.0, dy[${i}], y[${i}] > 0.0)` : `dy[${i}]`);
  const name = `${epsilon} ${relu ? 'relu' : ''}`;

  /** [dScale, dShift]. */
  const sums = channelSums(gpu, {
    name: `normSums ${name}`,
    inputs: { x, dy, statistics, ...mask },
    size,
    channels,
    setup: `let dz = ${dzAt('i')};`,
    first: 'dz * (x[i] - statistics[c])',
    second: 'dz',
    rows: [`a * ${inverse}`, 'b'],
  });
  const dx = gpu.run({
    name: `normGradient ${size} ${channels} ${name}`,
    inputs: { x, dy, statistics, scale: required(inputs, 'scale'), sums, ...mask },
    output: x.shape,
    threads: size,
    body: `
      if (index >= ${size}) { return; }
      let c = index % ${channels};
      let inverse = ${inverse};
      let xHat = (x[index] - statistics[c]) * inverse;
      let centred = ${dzAt('index')} - (sums[${channels} + c] + xHat * sums[c]) * ${share};
      result[index] = scale[c] * inverse * centred;`,
  });
  const row = (at: number) => {
    const slice = gpu.call(Slice, { x: sums }, { begin: [at, 0], size: [1, channels] });
    return { ...slice, shape: [channels] };
  };
  const outputs = [dx, row(0), row(1)];
  gpu.free(sums);
  const { gain } = inputs;
  if (gain === undefined) return outputs;
  const dShortcut = gpu.run({
    name: `shortcutGradient ${size} ${name}`,
    inputs: { dy, gain, ...mask },
    output: x.shape,
    threads: size,
    body: `
      if (index >= ${size}) { return; }
      result[index] = gain[0] * ${dzAt('index')};`,
  });
  return [...outputs, dShortcut];
});
