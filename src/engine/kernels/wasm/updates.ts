import { sizeOf } from '../../../core/net/node.ts';
import { MOVING_AVERAGES, SGD_UPDATE } from '../../ops/tensors/updates.ts';
import { numeric, required } from '../registry.ts';
import { wasmKernel } from './heap.ts';

/** See ops/tensors/updates.ts, sgdUpdate: outputs the new weight and the new velocity of each parameter in turn. */
export const wasmSgdKernel = wasmKernel(SGD_UPDATE, (heap, inputs, attrs) => {
  const count = Object.keys(inputs).filter((name) => name.startsWith('weight')).length;
  const rates = { rate: numeric(attrs, 'rate'), momentum: numeric(attrs, 'momentum'), decay: numeric(attrs, 'decay') };
  return Array.from({ length: count }, (_, nth) => nth).flatMap((nth) => {
    const weight = required(inputs, `weight${nth}`);
    const next = { weight: heap.make(weight.shape), velocity: heap.make(weight.shape) };
    const pointer = (name: string) => heap.pointer(required(inputs, `${name}${nth}`));
    heap.run('runSgd', {
      weight: pointer('weight'),
      velocity: pointer('velocity'),
      gradient: pointer('gradient'),
      nextWeight: heap.pointer(next.weight),
      nextVelocity: heap.pointer(next.velocity),
      size: sizeOf(weight.shape),
      ...rates,
    });
    return [next.weight, next.velocity];
  });
});

/** See ops/tensors/updates.ts, movingAverages: outputs the averages in the order of the pairs. */
export const wasmMovingAveragesKernel = wasmKernel(MOVING_AVERAGES, (heap, inputs, attrs) => {
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
