import { beforeAll, expect, test } from 'vitest';
import { MEASURED } from '../../../core/data/measured.ts';
import { raceData, sampleOf } from '../../../data/batches/race-data.ts';
import type { ProbedImage } from '../../../features/insight/probes/features.ts';
import { syntheticDataset } from '../../../testing/data/synthetic.ts';
import { RESIDUAL, ROOMY, tinyExperiment } from '../../../testing/engine/tiny-race.ts';
import { startDevice } from '../../device/device.ts';
import { Race } from '../../training/race.ts';
import { AT_ONCE } from '../measurement.ts';

const DATASET = syntheticDataset(Array.from({ length: 30 }, (_, image) => image % 3));
const BYTES = DATASET.size ** 2 * 3;

beforeAll(async () => {
  await startDevice('wasm');
});

test('a picture of one’s own goes through a block as an image of the data set does, whatever its size', async () => {
  const experiment = tinyExperiment([RESIDUAL]);
  const race = new Race(experiment, raceData(DATASET, experiment.recipe), ROOMY);
  const maps = async (image: ProbedImage) => {
    const found = await race.insight('ResNet-8').probe({ name: 'features', image, block: 2 }, AT_ONCE);
    if (found.name !== 'features') throw new Error(found.name);
    const { gain, input, branch, output, largest } = found;
    expect(gain).toBe(1);
    return { input, branch, output, largest };
  };
  const [, second = 0] = sampleOf(DATASET.test, MEASURED.shown, MEASURED.seed);
  const rgb = DATASET.test.images.slice(second * BYTES, (second + 1) * BYTES);
  const picture = { name: 'mine', size: DATASET.size, rgb };
  expect(await maps(picture)).toEqual(await maps(1));
  expect(await maps(picture)).not.toEqual(await maps(0));

  const twice = new Uint8Array(4 * BYTES);
  for (let y = 0; y < 2 * picture.size; y++) {
    for (let x = 0; x < 2 * picture.size; x++) {
      const from = ((y >> 1) * picture.size + (x >> 1)) * 3;
      twice.set(rgb.subarray(from, from + 3), (y * 2 * picture.size + x) * 3);
    }
  }
  expect(await maps({ name: 'larger', size: 2 * picture.size, rgb: twice })).toEqual(await maps(1));
  await expect(maps({ ...picture, size: 3 })).rejects.toThrow('image: mine has 192 bytes, not 3 × 3 × 3');
  await expect(maps(8)).rejects.toThrow('image: 8 is not one of 0 to 4');
  race.dispose();
});
