import { sizeOf } from '../../../spec/parameter.ts';
import { SGD_UPDATE } from '../../operations/sgd.ts';
import { numeric, required } from '../inputs.ts';
import { wasmKernel } from './heap.ts';

/** See operations/sgd.ts, sgdUpdate: outputs the new weight and the new velocity. */
export const sgdKernel = wasmKernel(SGD_UPDATE, (heap, inputs, attrs) => {
  const weight = required(inputs, 'weight');
  const next = [heap.make(weight.shape), heap.make(weight.shape)];
  const tensors = [weight, required(inputs, 'velocity'), required(inputs, 'gradient'), ...next];
  const rates = [numeric(attrs, 'rate'), numeric(attrs, 'momentum'), numeric(attrs, 'decay')];
  heap.kernels.descend(...tensors.map(heap.pointer), sizeOf(weight.shape), ...rates);
  return next;
});
