import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import { failed } from '../../testing/engine/check.ts';
import { checkPhotographs, photographsGoldenSchema } from '../../testing/engine/family/photograph-goldens.ts';
import { startDevice } from '../device/device.ts';

const file = readFileSync(new URL('goldens/photographs.json', import.meta.url), 'utf8');
const goldens = v.parse(v.array(photographsGoldenSchema), JSON.parse(file));

/** Two small nets on three of the 64 photographs; scripts/photographs.ts compares all nets on all of them. */
const SUBSET = { nets: ['ResNet-18', 'GoogLeNet'], photographs: 3, batch: 2 } as const;

beforeAll(async () => {
  await startDevice('wasm');
});

test('seven nets are recorded, each on 64 photographs', () => {
  expect(goldens.map(({ images }) => images.length)).toEqual(Array.from({ length: 7 }, () => 64));
});

test.each(SUBSET.nets)(
  '%s has PyTorch’s logits for photographs, from the pixels on',
  { timeout: 60_000 },
  async (name) => {
    const golden = goldens.find((each) => each.name === name);
    if (golden === undefined) throw new Error(`golden: none of ${name}`);
    expect(failed(await checkPhotographs(golden, SUBSET.photographs, SUBSET.batch))).toEqual([]);
  },
);
