import type { StoredTensor } from '../../data/safetensors.ts';
import { isReadable } from '../../data/stored-values.ts';
import { isBeside, type TorchTensor } from './torch-names.ts';

/** Weights of another net than the one that they are for, said in one sentence. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
}

/** What a file holds, by name without the `module.` that DistributedDataParallel puts before each. */
export function byTorchName<Stored>(stored: ReadonlyMap<string, Stored>): ReadonlyMap<string, Stored> {
  return new Map([...stored].map(([name, each]) => [name.replace(/^module\./, ''), each]));
}

/** What is missing, of another shape or type, or too much for a net. */
export function differences(
  wanted: readonly TorchTensor[],
  given: ReadonlyMap<string, Pick<StoredTensor, 'shape' | 'dtype'>>,
): readonly string[] {
  const problems = wanted.flatMap(({ name, shape }) => {
    const stored = given.get(name);
    if (stored === undefined) return [`${name} is missing`];
    if (stored.shape.join() !== shape.join()) {
      return [`${name} is [${stored.shape.join(', ')}], not [${shape.join(', ')}]`];
    }
    return isReadable(stored.dtype) ? [] : [`${name} is of ${stored.dtype}, not of F32, F16, BF16 or F64`];
  });
  const known = new Set(wanted.map(({ name }) => name));
  const more = [...given.keys()].filter((name) => !known.has(name) && !isBeside(name));
  return [...problems, ...more.map((name) => `the net has no ${name}`)];
}

/** Throws a `WeightsError` that says the first of the problems, where there are any. */
export function refuse(problems: readonly string[], file: string): void {
  const [first] = problems;
  if (first === undefined) return;
  const others = problems.length === 1 ? '' : ` (and ${problems.length - 1} more differences)`;
  throw new WeightsError(`weights file: ${file} is of another net: ${first}${others}; load it into a net of its shape`);
}
