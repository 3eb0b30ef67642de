import { printable } from '../../core/quote.ts';
import type { StoredTensor } from '../../data/formats/safetensors.ts';
import { isReadable } from '../../data/formats/stored-values.ts';
import type { MatchedTensors } from './match-names.ts';
import type { TorchTensor } from './torch-names.ts';

/** A file's weights do not fit a net: of another net, not finite, or of another dtype. The message is one sentence. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
}

/** How a file's tensors differ from the net's (missing, of another shape or dtype, extra); null if they do not. */
export function difference(
  wanted: readonly TorchTensor[],
  { found, extra }: MatchedTensors<Pick<StoredTensor, 'shape' | 'dtype'>>,
  file: string,
): WeightsError | null {
  const problems = wanted.flatMap((tensor) => {
    const { name, shape } = tensor;
    const stored = found.get(name)?.stored;
    if (stored === undefined) return [`${name} is missing`];
    if (isShape(stored.shape, tensor)) return [];
    return [`${name} is [${printable(stored.shape.join(', '))}], not [${shape.join(', ')}]`];
  });
  const all = [...problems, ...extra.map((name) => `the net has no ${printable(name)}`)];
  const [first] = all;
  if (first !== undefined) {
    const more = all.length === 1 ? '' : ` (and ${all.length - 1} more differences)`;
    return weightsFileError(file, `is of another net: ${first}${more}`, 'load it into a net of its shape');
  }
  for (const { name } of wanted) {
    const dtype = found.get(name)?.stored.dtype;
    if (dtype === undefined || isReadable(dtype)) continue;
    return weightsFileError(file, `has ${name} in numbers of ${dtype}`, 'save it in F32, F16, BF16 or F64');
  }
  return null;
}

/** A `WeightsError` if a value is not finite or a running variance is negative; else null. */
export function faultIn(numbers: Float32Array, { name }: TorchTensor, file: string): WeightsError | null {
  const odd = numbers.find((number) => !Number.isFinite(number));
  if (odd !== undefined) {
    const what = Number.isNaN(odd) ? 'NaN' : 'a number that is infinite in 32 bits';
    return weightsFileError(file, `has ${what} in ${name}`, 'choose one from before its training diverged');
  }
  if (name.endsWith('.running_var') && numbers.some((number) => number < 0)) {
    return weightsFileError(file, `has a negative variance in ${name}`, 'choose a file that was not changed');
  }
  return null;
}

/** A `WeightsError` about a file: what is wrong with it, and what to do. */
export function weightsFileError(file: string, problem: string, remedy: string): WeightsError {
  return new WeightsError(`weights file: ${printable(file)} ${problem}; ${remedy}`);
}

/** Whether a dense layer has the shape that it has in PyTorch, or that of the convolution over a whole map that it also is. */
function isShape(given: readonly number[], { shape, heldShape, axes }: TorchTensor): boolean {
  const unfolded = axes.map((axis) => heldShape[axis] ?? 0);
  const same = (wanted: readonly number[]) => given.join() === wanted.join();
  return same(shape) || same(unfolded) || (shape.length === 2 && same([...shape, 1, 1]));
}
