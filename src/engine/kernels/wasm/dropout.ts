import { sizeOf } from '../../../core/net/node.ts';
import { DROPOUT } from '../../ops/dropout.ts';
import { numeric, required } from '../registry.ts';
import { wasmKernel } from './heap.ts';

/** Numbers per unit of work. */
const UNIT = 8192;

/** See ops/dropout.ts, dropout. */
export const wasmDropoutKernel = wasmKernel(DROPOUT, (heap, inputs, attrs) => {
  const x = required(inputs, 'x');
  const y = heap.make(x.shape);
  const [high = 0, low = 0] = heap.floats(required(inputs, 'seed'));
  heap.run('runDropout', {
    x: heap.pointer(x),
    y: heap.pointer(y),
    size: sizeOf(x.shape),
    unitSize: UNIT,
    start: high * 2 ** 16 + low,
    bound: numeric(attrs, 'bound'),
    kept: numeric(attrs, 'kept'),
  });
  return y;
});
