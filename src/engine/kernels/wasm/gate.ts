import { sizeOf } from '../../../core/net/node.ts';
import { GATE, GATE_GRADIENT } from '../../ops/gate.ts';
import { type Inputs, required } from '../registry.ts';
import { type Heap, scalarOf, wasmKernel } from './heap.ts';

/** Numbers per unit of work. */
const UNIT = 4096;

function jobOf(heap: Heap, inputs: Inputs) {
  const f = required(inputs, 'f');
  const addresses = { f: heap.pointer(f), t: heap.pointer(required(inputs, 't')), s: heap.pointer(inputs.s) };
  return { ...addresses, size: sizeOf(f.shape), unitSize: UNIT, gain: scalarOf(heap, inputs.gain) };
}

/** See ops/gate.ts, gate. */
export const wasmGateKernel = wasmKernel(GATE, (heap, inputs) => {
  const y = heap.make(required(inputs, 'f').shape);
  heap.run('runGate', { ...jobOf(heap, inputs), y: heap.pointer(y) });
  return y;
});

/** See ops/gate.ts, gateGradient: outputs df, dt and, where there is a shortcut, ds. */
export const wasmGateGradientKernel = wasmKernel(GATE_GRADIENT, (heap, inputs) => {
  const dy = required(inputs, 'dy');
  const [df, dt] = [heap.make(dy.shape), heap.make(dy.shape)];
  const ds = inputs.s && heap.make(dy.shape);
  const addresses = { dy: heap.pointer(dy), df: heap.pointer(df), dt: heap.pointer(dt), ds: heap.pointer(ds) };
  heap.run('runGateGradient', { ...jobOf(heap, inputs), y: 0, ...addresses });
  return ds === undefined ? [df, dt] : [df, dt, ds];
});
