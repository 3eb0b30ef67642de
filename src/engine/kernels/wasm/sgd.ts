import { SGD_UPDATE } from '../../operations/sgd.ts';
import { numeric, required } from '../inputs.ts';
import { wasmKernel } from './heap.ts';

/** See operations/sgd.ts, sgdUpdate: outputs the new weight and the new velocity. */
export const sgdKernel = wasmKernel(SGD_UPDATE, (heap, inputs, attrs) => {
  const weight = required(inputs, 'weight');
  const [nextWeight, nextVelocity] = [heap.make(weight.shape), heap.make(weight.shape)];
  const [w, v] = [heap.floats(weight), heap.floats(required(inputs, 'velocity'))];
  const gradient = heap.floats(required(inputs, 'gradient'));
  const [toWeight, toVelocity] = [heap.floats(nextWeight), heap.floats(nextVelocity)];
  const [rate, momentum, decay] = [numeric(attrs, 'rate'), numeric(attrs, 'momentum'), numeric(attrs, 'decay')];
  for (let i = 0; i < w.length; i++) {
    const velocity = momentum * v[i]! + gradient[i]! + decay * w[i]!;
    toVelocity[i] = velocity;
    toWeight[i] = w[i]! - rate * velocity;
  }
  return [nextWeight, nextVelocity];
});
