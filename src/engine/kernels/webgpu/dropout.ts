import { sizeOf } from '../../../core/net/node.ts';
import { STREAM_STEP } from '../../../data/batches/random.ts';
import { DROPOUT } from '../../ops/dropout.ts';
import { numeric, required } from '../registry.ts';
import { arrayOf, run, threads, webGpuKernel } from './shader.ts';
import { THREADS } from './tuning.ts';
import { f32 } from './wgsl.ts';

/** WGSL of the mixing of a random stream's state, see src/data/batches/random.ts. */
const MIX = `fn mixed(state : u32) -> u32 {
  var z = (state ^ (state >> 16u)) * 0x85ebca6bu;
  z = (z ^ (z >> 13u)) * 0xc2b2ae35u;
  return z ^ (z >> 16u);
}`;

/** See ops/dropout.ts, dropout. The seed is read from a buffer, so that a recorded step drops other values each time. */
export const webgpuDropoutKernel = webGpuKernel(DROPOUT, (backend, inputs, attrs) => {
  const x = required(inputs, 'x');
  const y = backend.make(x.shape);
  const { grid, index } = threads(sizeOf(x.shape), THREADS);
  run(backend, {
    name: 'dropout',
    reads: { x: arrayOf('f32', x), seed: arrayOf('f32', required(inputs, 'seed')) },
    writes: { y: arrayOf('f32', y) },
    workgroup: THREADS,
    grid,
    declarations: MIX,
    body: `${index}
  let start = (u32(seed[0]) << 16u) | u32(seed[1]);
  let drops = mixed(start + u32(index + 1) * ${STREAM_STEP}u) < ${numeric(attrs, 'bound')}u;
  y[index] = select(x[index] * ${f32(numeric(attrs, 'kept'))}, 0.0, drops);`,
  });
  return y;
});
