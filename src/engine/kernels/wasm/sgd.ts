import { sizeOf } from '../../../core/net/node.ts';
import { SGD_UPDATE } from '../../ops/tensors/sgd.ts';
import { numeric, required } from '../inputs.ts';
import { wasmKernel } from './heap.ts';

/** See ops/sgd.ts, sgdUpdate: outputs the new weight and the new velocity of each parameter in turn. */
export const sgdKernel = wasmKernel(SGD_UPDATE, (heap, inputs, attrs) => {
  const count = Object.keys(inputs).filter((name) => name.startsWith('weight')).length;
  const rates = [numeric(attrs, 'rate'), numeric(attrs, 'momentum'), numeric(attrs, 'decay')];
  return Array.from({ length: count }, (_, nth) => nth).flatMap((nth) => {
    const weight = required(inputs, `weight${nth}`);
    const next = [heap.make(weight.shape), heap.make(weight.shape)];
    const tensors = [weight, required(inputs, `velocity${nth}`), required(inputs, `gradient${nth}`), ...next];
    heap.kernels.descend(...tensors.map(heap.pointer), sizeOf(weight.shape), ...rates);
    return next;
  });
});
