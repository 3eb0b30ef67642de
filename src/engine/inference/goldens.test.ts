import { readFileSync } from 'node:fs';
import { memory } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { failed } from '../../testing/engine/check.ts';
import { checkFamilyGolden, familyGoldenSchema, goldenName, isNarrow } from '../../testing/engine/family/golden.ts';
import { startDevice } from '../device/device.ts';

const file = readFileSync(new URL('goldens/nets.json', import.meta.url), 'utf8');
const goldens = v.parse(v.array(familyGoldenSchema), JSON.parse(file)).map((golden) => {
  return { name: goldenName(golden), golden };
});

describe.each([
  { backend: 'wasm', own: goldens },
  // Plain JavaScript would take minutes for a net of its full width, and for gradients.
  { backend: 'cpu', own: goldens.filter(({ golden }) => isNarrow(golden) && golden.training === null) },
] as const)('on $backend, as torchvision computed it', ({ backend, own }) => {
  beforeAll(async () => {
    await startDevice(backend);
  });

  test.each(own)('$name', { timeout: 60_000 }, async ({ golden }) => {
    const before = memory().numTensors;
    const checks = await checkFamilyGolden(golden);
    expect(failed(checks)).toEqual([]);
    expect(memory().numTensors).toBe(before);
  });
});
