import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { forward } from '../graph/forward.ts';
import type { Instruction } from '../ops/operations.ts';
import { TensorMap } from '../weights/tensor-map.ts';
import type { FrozenNet } from './frozen-net.ts';

/**
 * Runs a net on an image [1, size, size, 3] and keeps the values of these names. `behind` is called after every
 * instruction, and may dispose of kept values.
 */
export function keptValues(
  { program, weights }: FrozenNet,
  input: Tensor4D,
  names: ReadonlySet<string>,
  behind: (instruction: Instruction, kept: TensorMap) => void = () => {},
): TensorMap {
  const kept = new TensorMap();
  const onForward = (instruction: Instruction, value: Tensor) => {
    if (names.has(instruction.output)) kept.set(instruction.output, value.clone());
    behind(instruction, kept);
  };
  const { values, statistics } = forward(program, weights, input, 'running', false, { watch: { onForward } });
  values.dispose();
  statistics.dispose();
  return kept;
}
