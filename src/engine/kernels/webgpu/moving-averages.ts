import { sizeOf } from '../../../core/net/node.ts';
import { MOVING_AVERAGES } from '../../ops/tensors/averages.ts';
import { numeric, required } from '../inputs.ts';
import { packed } from './pack.ts';
import { arrayOf, run, threads, webGpuKernel } from './shader.ts';
import { THREADS } from './tuning.ts';

/**
 * See ops/averages.ts, movingAverages: inputs old0, next0, old1, ...; outputs the old ones with new values. Both
 * lie in buffers of one layout, so that one dispatch is enough.
 */
export const movingAveragesKernel = webGpuKernel(MOVING_AVERAGES, (backend, inputs, attrs) => {
  const count = Object.keys(inputs).length / 2;
  const tensors = (name: string) => Array.from({ length: count }, (_, nth) => required(inputs, `${name}${nth}`));
  const olds = tensors('old');
  const [before, after] = [packed(backend, olds), packed(backend, tensors('next'))];
  if (before === null || after === null || before.some(({ offset }, nth) => offset !== after[nth]?.offset)) {
    throw new Error(`kernel: ${MOVING_AVERAGES} needs tensors that were packed alike`);
  }
  const [first, last] = [before[0]!, before.at(-1)!];
  const size = last.offset / 4 + sizeOf(olds.at(-1)!.shape);
  const keep = numeric(attrs, 'keep');
  const { grid, index } = threads(size, THREADS);
  run(backend, {
    name: 'moving averages',
    reads: {
      next: arrayOf('f32', after[0]!.buffer),
      keep: arrayOf(
        'f32',
        backend.constant(`keep ${keep}`, () => Float32Array.of(keep)),
      ),
    },
    writes: { old: arrayOf('f32', first.buffer) },
    workgroup: THREADS,
    grid,
    body: `${index}
  old[index] = keep[0] * old[index] + (1.0 - keep[0]) * next[index];`,
  });
  return olds.map((old) => backend.again(old));
});
