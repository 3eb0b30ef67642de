import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../core/net/node.ts';
import { GATE, GATE_GRADIENT } from '../../ops/gate.ts';
import { type Inputs, required } from '../registry.ts';
import { type ArrayOf, arrayOf, run, threads, webGpuKernel } from './shader.ts';
import { THREADS } from './tuning.ts';
import { lanesOf, vector, weightedBy } from './wgsl.ts';

/** How a gate's numbers are divided among threads, and the arrays that both passes read. */
function layoutOf(inputs: Inputs) {
  const [f, t] = [required(inputs, 'f'), required(inputs, 't')];
  const { s, gain } = inputs;
  const size = sizeOf(f.shape);
  const lanes = lanesOf(size);
  const type = vector(lanes);
  const added: Record<string, ArrayOf> = s && gain ? { s: arrayOf(type, s), gain: arrayOf('f32', gain) } : {};
  return {
    ...{ type, shape: f.shape, hasShortcut: 'gain' in added, ...threads(size / lanes, THREADS) },
    reads: { f: arrayOf(type, f), t: arrayOf(type, t), ...added },
  };
}

const open = (type: string) => `let open = ${type}(1.0) / (${type}(1.0) + exp(-t[index]));`;

const carried = (type: string) => weightedBy('gain[0]', 's[index]', type);

/** See ops/gate.ts, gate. */
export const webgpuGateKernel = webGpuKernel(GATE, (backend, inputs) => {
  const { type, shape, reads, hasShortcut, grid, index } = layoutOf(inputs);
  const y = backend.make(shape);
  run(backend, {
    name: 'gate',
    reads,
    writes: { y: arrayOf(type, y) },
    workgroup: THREADS,
    grid,
    body: `${index}
  ${open(type)}
  y[index] = open * f[index]${hasShortcut ? ` + (${type}(1.0) - open) * ${carried(type)}` : ''};`,
  });
  return y;
});

/** See ops/gate.ts, gateGradient: outputs df, dt and, where there is a shortcut, ds. */
export const webgpuGateGradientKernel = webGpuKernel(GATE_GRADIENT, (backend, inputs) => {
  const { type, shape, reads, hasShortcut, grid, index } = layoutOf(inputs);
  const [df, dt] = [backend.make(shape), backend.make(shape)];
  const ds = hasShortcut ? backend.make(shape) : null;
  run(backend, {
    name: 'gate gradient',
    reads: { dy: arrayOf(type, required(inputs, 'dy')), ...reads },
    writes: { df: arrayOf(type, df), dt: arrayOf(type, dt), ...(ds && { ds: arrayOf(type, ds) }) },
    workgroup: THREADS,
    grid,
    body: `${index}
  ${open(type)}
  let closed = ${type}(1.0) - open;
  df[index] = open * dy[index];
  dt[index] = open * dy[index] * (f[index]${hasShortcut ? ` - ${carried(type)}` : ''}) * closed;
  ${ds ? 'ds[index] = gain[0] * closed * dy[index];' : ''}`,
  });
  const outputs: TensorInfo[] = ds === null ? [df, dt] : [df, dt, ds];
  return outputs;
});
