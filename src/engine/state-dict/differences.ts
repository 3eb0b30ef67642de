import { printable } from '../../core/quote.ts';
import type { StoredTensor } from '../../data/formats/safetensors.ts';
import { isReadable } from '../../data/formats/stored-values.ts';
import { SaidError, type Sentence, sentence } from '../../language/sentence.ts';
import type { MatchedTensors } from './match-names.ts';
import type { TorchTensor } from './torch-names.ts';

/** A file's weights do not fit a net: of another net, not finite, or of another dtype. The message is one sentence. */
export class WeightsError extends SaidError {
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
    if (stored === undefined) return [sentence('experiment.weights.missing', { tensor: name })];
    if (isShape(stored.shape, tensor)) return [];
    const shapes = { given: printable(stored.shape.join(', ')), wanted: shape.join(', ') };
    return [sentence('experiment.weights.shape', { tensor: name, ...shapes })];
  });
  const all = [...problems, ...extra.map((name) => sentence('experiment.weights.extra', { tensor: printable(name) }))];
  const [first] = all;
  if (first !== undefined) {
    const problem =
      all.length === 1
        ? sentence('experiment.weights.other', { difference: first })
        : sentence('experiment.weights.others', { difference: first, more: all.length - 1 });
    return weightsFileError(file, problem, sentence('experiment.weights.load'));
  }
  for (const { name } of wanted) {
    const dtype = found.get(name)?.stored.dtype;
    if (dtype === undefined || isReadable(dtype)) continue;
    const problem = sentence('experiment.weights.type', { tensor: name, type: dtype });
    return weightsFileError(file, problem, sentence('experiment.weights.save'));
  }
  return null;
}

/** A `WeightsError` if a value is not finite or a running variance is negative; else null. */
export function faultIn(numbers: Float32Array, { name }: TorchTensor, file: string): WeightsError | null {
  const odd = numbers.find((number) => !Number.isFinite(number));
  if (odd !== undefined) {
    const key = Number.isNaN(odd) ? 'experiment.weights.nan' : 'experiment.weights.infinite';
    return weightsFileError(file, sentence(key, { tensor: name }), sentence('experiment.weights.before'));
  }
  if (name.endsWith('.running_var') && numbers.some((number) => number < 0)) {
    const problem = sentence('experiment.weights.negative', { tensor: name });
    return weightsFileError(file, problem, sentence('experiment.weights.unchanged'));
  }
  return null;
}

/** A `WeightsError` about a file: what is wrong with it, and what to do. */
export function weightsFileError(file: string, problem: Sentence, remedy: Sentence): WeightsError {
  return new WeightsError(sentence('experiment.weights', { file: printable(file), problem, remedy }));
}

/** Whether a dense layer has the shape that it has in PyTorch, or that of the convolution over a whole map that it also is. */
function isShape(given: readonly number[], { shape, heldShape, axes }: TorchTensor): boolean {
  const unfolded = axes.map((axis) => heldShape[axis] ?? 0);
  const same = (wanted: readonly number[]) => given.join() === wanted.join();
  return same(shape) || same(unfolded) || (shape.length === 2 && same([...shape, 1, 1]));
}
