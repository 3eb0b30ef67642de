import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { failed } from '../testing/engine/check.ts';
import { checkGradients } from '../testing/engine/gradients.ts';
import { startDevice } from './device/device.ts';

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await startDevice(backend);
  });

  test('every gradient is what finite differences say', async () => {
    const before = memory().numTensors;
    const checks = await checkGradients();
    expect(checks.length).toBeGreaterThan(65);
    expect(failed(checks)).toEqual([]);
    expect(memory().numTensors).toBe(before);
  });
});
