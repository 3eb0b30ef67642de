import { SGD_UPDATE } from '../../operations/sgd.ts';
import { numeric, required } from '../inputs.ts';
import { wasmKernel } from './heap.ts';

/** See operations/sgd.ts, sgdUpdate: outputs the new weight and the new velocity of each parameter in turn. */
export const sgdKernel = wasmKernel(SGD_UPDATE, (heap, inputs, attrs) => {
  const count = Object.keys(inputs).filter((name) => name.startsWith('weight')).length;
  const [rate, momentum, decay] = [numeric(attrs, 'rate'), numeric(attrs, 'momentum'), numeric(attrs, 'decay')];
  return Array.from({ length: count }, (_, nth) => nth).flatMap((nth) => {
    const weight = required(inputs, `weight${nth}`);
    const [nextWeight, nextVelocity] = [heap.make(weight.shape), heap.make(weight.shape)];
    const [w, v] = [heap.floats(weight), heap.floats(required(inputs, `velocity${nth}`))];
    const gradient = heap.floats(required(inputs, `gradient${nth}`));
    const [toWeight, toVelocity] = [heap.floats(nextWeight), heap.floats(nextVelocity)];
    for (let i = 0; i < w.length; i++) {
      const velocity = momentum * v[i]! + gradient[i]! + decay * w[i]!;
      toVelocity[i] = velocity;
      toWeight[i] = w[i]! - rate * velocity;
    }
    return [nextWeight, nextVelocity];
  });
});
