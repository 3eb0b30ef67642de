import type { StoredTensor } from '../../data/safetensors.ts';
import { isReadable } from '../../data/stored-values.ts';
import { isBeside, type TorchTensor } from './torch-names.ts';

/** Weights of another net than the one that they are for, said in one sentence. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
}

/** What timm calls the dense layers of a VGG, which are convolutions there. */
const TIMM: readonly (readonly [RegExp, string])[] = [
  [/^pre_logits\.fc1\./, 'classifier.0.'],
  [/^pre_logits\.fc2\./, 'classifier.3.'],
  [/^head\.fc\./, 'classifier.6.'],
];

/**
 * What a file holds, by torchvision's names: without the `module.` that DistributedDataParallel puts before each, and
 * where they are timm's, as torchvision has them.
 */
export function byTorchName<Stored>(stored: ReadonlyMap<string, Stored>): ReadonlyMap<string, Stored> {
  const rename = (name: string) => TIMM.reduce((renamed, [theirs, ours]) => renamed.replace(theirs, ours), name);
  return new Map([...stored].map(([name, each]) => [rename(name.replace(/^module\./, '')), each]));
}

/** What is missing, of another shape or type, or too much for a net. */
export function differences(
  wanted: readonly TorchTensor[],
  given: ReadonlyMap<string, Pick<StoredTensor, 'shape' | 'dtype'>>,
): readonly string[] {
  const problems = wanted.flatMap((tensor) => {
    const { name, shape } = tensor;
    const stored = given.get(name);
    if (stored === undefined) return [`${name} is missing`];
    if (!isShape(stored.shape, tensor)) return [`${name} is [${stored.shape.join(', ')}], not [${shape.join(', ')}]`];
    return isReadable(stored.dtype) ? [] : [`${name} is of ${stored.dtype}, not of F32, F16, BF16 or F64`];
  });
  const known = new Set(wanted.map(({ name }) => name));
  const more = [...given.keys()].filter((name) => !known.has(name) && !isBeside(name));
  return [...problems, ...more.map((name) => `the net has no ${name}`)];
}

/** Whether a dense layer has the shape that it has in PyTorch, or that of the convolution over a whole map that it also is. */
function isShape(given: readonly number[], { shape, heldShape, axes }: TorchTensor): boolean {
  const unfolded = axes.map((axis) => heldShape[axis] ?? 0);
  const same = (wanted: readonly number[]) => given.join() === wanted.join();
  return same(shape) || same(unfolded) || (shape.length === 2 && same([...shape, 1, 1]));
}

/** Throws a `WeightsError` that says the first of the problems, where there are any. */
export function refuse(problems: readonly string[], file: string): void {
  const [first] = problems;
  if (first === undefined) return;
  const others = problems.length === 1 ? '' : ` (and ${problems.length - 1} more differences)`;
  throw new WeightsError(`weights file: ${file} is of another net: ${first}${others}; load it into a net of its shape`);
}
