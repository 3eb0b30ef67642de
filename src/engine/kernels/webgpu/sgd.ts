import { sizeOf } from '../../../spec/parameter.ts';
import { SGD_UPDATE } from '../../operations/sgd.ts';
import { numeric, required } from '../inputs.ts';
import { webGpuKernel } from './shader.ts';

/** See operations/sgd.ts, sgdUpdate: outputs the new weight and the new velocity. */
export const sgdKernel = webGpuKernel(SGD_UPDATE, (gpu, inputs, attrs) => {
  const weight = required(inputs, 'weight');
  const size = sizeOf(weight.shape);
  const velocity = gpu.run({
    name: `velocity ${size}`,
    inputs: { weight, velocity: required(inputs, 'velocity'), gradient: required(inputs, 'gradient') },
    output: weight.shape,
    uniforms: { momentum: numeric(attrs, 'momentum'), decay: numeric(attrs, 'decay') },
    threads: size,
    body: `
      if (index >= ${size}) { return; }
      result[index] = uniforms.momentum * velocity[index] + gradient[index] + uniforms.decay * weight[index];`,
  });
  const next = gpu.run({
    name: `descent ${size}`,
    inputs: { weight, velocity },
    output: weight.shape,
    uniforms: { rate: numeric(attrs, 'rate') },
    threads: size,
    body: `
      if (index >= ${size}) { return; }
      result[index] = weight[index] - uniforms.rate * velocity[index];`,
  });
  return [next, velocity];
});
