import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  backend,
  findBackendFactory,
  memory,
  mul,
  scalar,
  type Tensor,
  tensor1d,
  tensor2d,
  tensor4d,
} from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { largestDifference } from '../../../testing/engine/check.ts';
import { spyOnHeap } from '../../../testing/engine/full-heap.ts';
import { RESIDUAL } from '../../../testing/engine/tiny-race.ts';
import { startDevice } from '../../device/device.ts';
import { groupNorm } from '../../ops/group-norm.ts';
import { normBackward, normEvaluate, normForward } from '../../ops/norm.ts';
import { finishedConv } from '../../ops/tensors/epilogue.ts';
import { scaledSum } from '../../ops/tensors/scaled-sum.ts';
import { Model } from '../../training/model.ts';
import { allocate, createThreadPool } from './thread-pool.ts';

/** Values from -1 to 1, of which many are below zero. */
const waves = (count: number) => Float32Array.from({ length: count }, (_, at) => Math.sin(at + 1));

/** What each kernel with a ReLU at its end gives for a slope of 0.5. */
async function ends(relu: boolean): Promise<ReadonlyMap<string, readonly number[]>> {
  const x = tensor4d(waves(2 * 3 * 3 * 4), [2, 3, 3, 4]);
  const shortcut = tensor4d(waves(2 * 3 * 3 * 4).reverse(), [2, 3, 3, 4]);
  const statistics = tensor2d([0.1, 0.2, 0, 0, 1, 1, 2, 3], [2, 4]);
  const filter = tensor4d(waves(9 * 4 * 4), [3, 3, 4, 4]);
  const end = { relu, slope: 0.5, sum: { shortcut, gain: scalar(0.5) } };
  const options = { ...end, scale: tensor1d([1, 2, 0.5, 1]), shift: tensor1d([0, 0.1, -0.1, 0]) };
  const given: Readonly<Record<string, Tensor>> = {
    'batch norm': normForward(x, options).y,
    'norm in evaluation': normEvaluate(x, statistics, options),
    'group norm': groupNorm(x, 2, options),
    'scaled sum': scaledSum(x, { ...end, factor: 0.5 }),
    convolution: finishedConv(x, filter, { stride: 1, padding: 'same', groups: 1 }, { ...end, bias: null }),
  };
  return new Map(
    await Promise.all(Object.entries(given).map(async ([name, each]) => [name, [...(await each.data())]] as const)),
  );
}

test('a backend with our kernels refuses what has no room, on every way to the heap', async () => {
  const fresh = await findBackendFactory('wasm')();
  if (!(fresh instanceof BackendWasm)) throw new Error('not wasm');
  const { wasm } = fresh;
  // The first call replaces the property.
  wasm._free(wasm._malloc(8));
  const malloc = vi.fn(wasm._malloc);
  wasm._malloc = malloc;
  await createThreadPool(fresh, 1, false);
  malloc.mockReturnValueOnce(0);
  expect(() => fresh.write(Float32Array.of(1), [1], 'float32')).toThrow('heap: no room for 4 bytes');
  expect(() => fresh.write(new Float32Array(0), [0], 'float32')).not.toThrow();
  fresh.dispose();
});

test.each([{ relu: true }, { relu: false }])(
  'a slope counts where there is a ReLU, as on cpu: $relu',
  async ({ relu }) => {
    await startDevice('cpu');
    const expected = await ends(relu);
    await startDevice('wasm');
    for (const [name, values] of await ends(relu)) {
      expect(largestDifference(values, expected.get(name) ?? []), name).toBeLessThan(1e-5);
      expect(Math.min(...values), name).toBeLessThan(0);
    }
  },
);

test('an address beyond 2 GiB, which tfjs gives as a negative number, is a positive one', () => {
  expect(allocate({ wasm: { _malloc: () => -4096 } }, 8)).toBe(2 ** 32 - 4096);
  expect(() => allocate({ wasm: { _malloc: () => 0 } }, 8)).toThrow('no room for 8 bytes');
});

describe('a full heap', () => {
  /** A norm over `channels`; the more there are, the more scratch it takes. */
  const normOver = (channels: number) => {
    const x = tensor4d(waves(channels), [1, 1, 1, channels]);
    const [scale, shift] = [tensor1d(waves(channels)), tensor1d(waves(channels))];
    const statistics = tensor2d(new Float32Array(2 * channels).fill(1), [2, channels]);
    return () => normEvaluate(x, statistics, { scale, shift, sum: null, relu: false });
  };

  beforeAll(async () => {
    await startDevice('wasm');
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('is told where a tensor or scratch has no room, and what was freed for that is not used again', async () => {
    const heap = spyOnHeap();
    const [small, large] = [normOver(4), normOver(1_000_000)];
    const before = await small().data();
    heap.refuse(0);
    expect(small).toThrow('heap: no room for 16 bytes');
    // Its output has room, its scratch has not.
    heap.refuse(1);
    expect(large).toThrow('heap: no room');
    heap.refuse(null);
    expect(await small().data()).toEqual(before);
    expect(heap.asked).toBe(2);
  });

  test('is told of by tfjs, too, and nothing is written over', async () => {
    const heap = spyOnHeap();
    const { wasm } = heap;
    const other = tensor1d(waves(8));
    const before = new Uint8Array(wasm.HEAPU8.slice(0, 64));
    const net = () => new Model(RESIDUAL, 8, 3, 1);
    const made = memory().numTensors;
    for (const make of [() => tensor1d([1]), () => other.clone(), () => mul(other, 2), net]) {
      heap.refuse(0);
      expect(make).toThrow('heap: no room');
      expect(new Uint8Array(wasm.HEAPU8.slice(0, 64))).toEqual(before);
    }
    expect(await other.data()).toEqual(waves(8));
    expect(memory().numTensors).toBe(made);
  });

  test('leaves nothing of the kernel that it stops', () => {
    const heap = spyOnHeap();
    const x = tensor4d(waves(8), [1, 1, 2, 4]);
    const one = tensor1d([1, 1, 1, 1]);
    const { y, statistics } = normForward(x, { scale: one, shift: one, sum: null, relu: false });
    const options = { scale: one, shift: one, relu: false, sum: null, gain: scalar(1) };
    const outputs = Object.values(normBackward(x, x, y, statistics, options));
    expect(outputs).toHaveLength(4);
    const before = backend().numDataIds();
    for (const nth of outputs.keys()) {
      heap.refuse(nth);
      expect(() => normBackward(x, x, y, statistics, options)).toThrow('heap: no room');
      expect(backend().numDataIds(), `output ${nth}`).toBe(before);
    }
  });
});
