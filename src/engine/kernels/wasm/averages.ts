import { MOVING_AVERAGES } from '../../ops/tensors/averages.ts';
import { numeric, required } from '../inputs.ts';
import { wasmKernel } from './heap.ts';

/** See ops/averages.ts, movingAverages: outputs the averages in the order of the pairs. */
export const movingAveragesKernel = wasmKernel(MOVING_AVERAGES, (heap, inputs, attrs) => {
  const keep = numeric(attrs, 'keep');
  const pairs = Object.keys(inputs).length / 2;
  return Array.from({ length: pairs }, (_, nth) => {
    const old = required(inputs, `old${nth}`);
    const average = heap.make(old.shape);
    const [before, next] = [heap.floats(old), heap.floats(required(inputs, `next${nth}`))];
    const to = heap.floats(average);
    for (let i = 0; i < to.length; i++) to[i] = keep * before[i]! + (1 - keep) * next[i]!;
    return average;
  });
});
