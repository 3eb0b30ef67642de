import { readdirSync, readFileSync } from 'node:fs';
import { memory } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { failed } from '../../testing/engine/check.ts';
import { checkInsight, insightGoldenSchema } from '../../testing/engine/insight/golden.ts';
import { startDevice } from '../device/device.ts';

const folder = new URL('goldens/', import.meta.url);
const goldens = readdirSync(folder).map((file) => ({
  name: file.replace('.json', ''),
  golden: v.parse(insightGoldenSchema, JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
}));

describe.each(['cpu', 'wasm'] as const)('what is found in a net on %s, as PyTorch found it', (backend) => {
  beforeAll(async () => {
    await startDevice(backend);
  });

  test.each(goldens)('$name', async ({ golden }) => {
    const before = memory().numTensors;
    const checks = await checkInsight(golden);
    expect(checks.length).toBeGreaterThan(50);
    expect(failed(checks)).toEqual([]);
    expect(memory().numTensors).toBe(before);
  });
});
