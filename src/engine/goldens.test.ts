import { readdirSync, readFileSync } from 'node:fs';
import { memory } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { failed } from '../testing/engine/check.ts';
import { checkGolden, goldenSchema } from '../testing/engine/golden.ts';
import { startDevice } from './device/device.ts';

const folder = new URL('goldens/', import.meta.url);
const goldens = readdirSync(folder).map((file) => ({
  name: file.replace('.json', ''),
  golden: v.parse(goldenSchema, JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
}));

describe.each(['cpu', 'wasm'] as const)('on %s, as PyTorch computed it', (backend) => {
  beforeAll(async () => {
    await startDevice(backend);
  });

  test.each(goldens)('$name', async ({ golden }) => {
    const before = memory().numTensors;
    const checks = await checkGolden(golden);
    expect(checks.length).toBeGreaterThan(20);
    expect(failed(checks)).toEqual([]);
    expect(memory().numTensors).toBe(before);
  });
});
