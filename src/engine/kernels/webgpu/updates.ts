import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../core/net/node.ts';
import { MOVING_AVERAGES, SGD_UPDATE, type SgdRates } from '../../ops/tensors/updates.ts';
import { type Inputs, numeric, required } from '../registry.ts';
import type { TrainingBackend } from './backend.ts';
import { eachPart, sharedSums, sumOverRows } from './channel-sums.ts';
import { packed } from './pack.ts';
import type { Slice } from './recording/buffers.ts';
import { arrayOf, run, threads, webGpuKernel, workgroups } from './shader.ts';
import { THREADS } from './tuning.ts';

/** Neighbouring values of one parameter that share a row of the table. */
const BLOCK = 64;

/**
 * Columns of the table, one row a block: its offset in each buffer, in values, its size, partial gradients and gain.
 */
const COLUMNS = ['weight', 'velocity', 'gradient', 'size', 'parts', 'stride', 'gain'] as const;

/** Marks a parameter that does not belong to a shortcut. */
const NO_GAIN = 2 ** 32 - 1;

interface Parameter {
  readonly weight: Slice;
  readonly velocity: Slice;
  readonly gradient: Slice;
  readonly gain: Slice | undefined;
  /** Number of partial gradients. */
  readonly parts: number;
  readonly size: number;
}

/**
 * See ops/tensors/updates.ts, sgdUpdate: outputs weight0, velocity0, weight1, ..., which are the inputs with new values. One
 * dispatch for all parameters, whose weights, velocities and gradients each lie in one buffer; it also sums the partial
 * gradients.
 */
export const webgpuSgdKernel = webGpuKernel(SGD_UPDATE, (backend, inputs, attrs) => {
  const [weights, velocities] = [numbered(inputs, 'weight'), numbered(inputs, 'velocity')];
  const parameters = collect(backend, inputs, weights, velocities);
  const [first] = parameters;
  if (first === undefined) return [];
  const rows = parameters.flatMap(tableRows);
  const name = `sgd ${JSON.stringify(parameters.map((each) => tableRows(each)[0]))}`;
  const gains = parameters.find(({ gain }) => gain !== undefined)?.gain?.buffer;
  const rates = {
    rate: numeric(attrs, 'rate'),
    momentum: numeric(attrs, 'momentum'),
    decay: numeric(attrs, 'decay'),
  };
  const layout = backend.tuning.layout(BLOCK, 1);
  const { width, workgroup, workgroupReduces } = layout;
  const { grid, number } = workgroups(rows.length, BLOCK / width);
  run(backend, {
    name: 'sgd',
    reads: {
      gradients: arrayOf('f32', first.gradient.buffer),
      table: arrayOf(
        'u32',
        backend.constant(name, () => Uint32Array.from(rows.flat())),
      ),
      rates: arrayOf('f32', ratesBuffer(backend, rates)),
      gains: arrayOf('f32', gains ?? backend.constant('no gains', () => new Float32Array(1))),
    },
    writes: { weights: arrayOf('f32', first.weight.buffer), velocities: arrayOf('f32', first.velocity.buffer) },
    workgroup,
    grid,
    declarations: sharedSums(layout, ['sum']),
    body: `let block = min(${number}, ${rows.length - 1}) * ${COLUMNS.length};
  ${COLUMNS.map((column, at) => `let ${column} = table[block + ${at}];`).join('\n')}
  let slot = thread % ${width};
  let row = thread / ${width};
  let nth = u32(group.z * ${width} + slot);
  var own = 0.0;
  ${eachPart(layout, 'i32(parts)', 'if (nth < size) { own += gradients[gradient + u32(part) * stride + nth]; }')}
  ${sumOverRows(layout, { sum: 'own' })}
  if (${workgroupReduces ? 'row > 0 || ' : ''}nth >= size || ${number} >= ${rows.length}) { return; }
  if (gain != ${NO_GAIN}u && gains[min(gain, arrayLength(&gains) - 1)] == 0.0) { return; }
  let w = weights[weight + nth];
  let v = rates[1] * velocities[velocity + nth] + sum + rates[2] * w;
  velocities[velocity + nth] = v;
  weights[weight + nth] = w - rates[0] * v;`,
  });
  return weights.flatMap((weight, nth) => [backend.retain(weight), backend.retain(velocities[nth]!)]);
});

/** Sets the learning rates that updates read from now on; returns their buffer. */
export function ratesBuffer(backend: TrainingBackend, { rate, momentum, decay }: SgdRates): GPUBuffer {
  return backend.variable('sgd rates', [rate, momentum, decay]);
}

/** The inputs NAME0, NAME1, ... */
function numbered(inputs: Inputs, name: string): readonly TensorInfo[] {
  const count = Object.keys(inputs).filter((each) => each.startsWith('weight')).length;
  return Array.from({ length: count }, (_, nth) => required(inputs, `${name}${nth}`));
}

function collect(
  backend: TrainingBackend,
  inputs: Inputs,
  weights: readonly TensorInfo[],
  velocities: readonly TensorInfo[],
): readonly Parameter[] {
  const gradients = numbered(inputs, 'gradient');
  const places = [weights, velocities, gradients].map((tensors) => packed(backend, tensors));
  return weights.map(({ shape }, nth) => {
    const [weight, velocity, gradient] = places.map((slices) => slices?.[nth]);
    if (weight === undefined || velocity === undefined || gradient === undefined) {
      throw new Error(`kernel: ${SGD_UPDATE} needs tensors that were packed`);
    }
    const size = sizeOf(shape);
    const gain = inputs[`gain${nth}`];
    return {
      weight,
      velocity,
      gradient,
      gain: gain && backend.sliceOf(gain),
      parts: sizeOf(gradients[nth]!.shape) / size,
      size,
    };
  });
}

/** The rows of a parameter's blocks, in the order of `COLUMNS`. */
function tableRows({ weight, velocity, gradient, gain, parts, size }: Parameter): readonly (readonly number[])[] {
  return Array.from({ length: Math.ceil(size / BLOCK) }, (_, block) => {
    const begin = block * BLOCK;
    const at = (slice: Slice) => slice.offset / 4 + begin;
    const rests = gain === undefined ? NO_GAIN : gain.offset / 4;
    return [at(weight), at(velocity), at(gradient), Math.min(BLOCK, size - begin), parts, size, rests];
  });
}

/**
 * See ops/tensors/updates.ts, movingAverages: inputs old0, next0, old1, ...; outputs the old ones with new values. Both
 * lie in buffers of one layout, so that one dispatch is enough.
 */
export const webgpuMovingAveragesKernel = webGpuKernel(MOVING_AVERAGES, (backend, inputs, attrs) => {
  const count = Object.keys(inputs).length / 2;
  const tensors = (name: string) => Array.from({ length: count }, (_, nth) => required(inputs, `${name}${nth}`));
  const olds = tensors('old');
  const [before, after] = [packed(backend, olds), packed(backend, tensors('next'))];
  if (before === null || after === null || before.some(({ offset }, nth) => offset !== after[nth]?.offset)) {
    throw new Error(`kernel: ${MOVING_AVERAGES} needs tensors that were packed alike`);
  }
  const [first, last] = [before[0]!, before.at(-1)!];
  const size = last.offset / 4 + sizeOf(olds.at(-1)!.shape);
  const keep = numeric(attrs, 'keep');
  const { grid, index } = threads(size, THREADS);
  run(backend, {
    name: 'moving averages',
    reads: {
      next: arrayOf('f32', after[0]!.buffer),
      keep: arrayOf(
        'f32',
        backend.constant(`keep ${keep}`, () => Float32Array.of(keep)),
      ),
    },
    writes: { old: arrayOf('f32', first.buffer) },
    workgroup: THREADS,
    grid,
    body: `${index}
  old[index] = keep[0] * old[index] + (1.0 - keep[0]) * next[index];`,
  });
  return olds.map((old) => backend.retain(old));
});
