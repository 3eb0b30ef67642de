import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { WEBGPU_KERNELS } from '../kernels/webgpu/all.ts';
import { startDevice } from './device.ts';
import { EXAMPLES } from './self-test.ts';

test('every kernel of our own on webgpu has an example', () => {
  expect(EXAMPLES.map(({ kernel }) => kernel).toSorted()).toEqual(
    WEBGPU_KERNELS.map(({ kernelName }) => kernelName).toSorted(),
  );
});

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await startDevice(backend);
  });

  test.each(EXAMPLES)('$kernel gives the stored answer', async ({ run, answer }) => {
    const before = memory().numTensors;
    const outputs = run();
    const values = (await Promise.all(outputs.map((output) => output.data()))).flatMap((each) => [...each]);
    for (const output of outputs) output.dispose();
    expect(values).toHaveLength(answer.length);
    values.forEach((value, nth) => {
      expect(value).toBeCloseTo(answer[nth] ?? Number.NaN, 3);
    });
    expect(new Set(answer).size).toBeGreaterThan(1);
    expect(memory().numTensors).toBe(before);
  });
});
