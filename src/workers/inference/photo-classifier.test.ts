import { encode } from 'fast-png';
import { beforeAll, expect, test } from 'vitest';
import type { PhotoBatch } from '../../core/data/photographs.ts';
import { startDevice } from '../../engine/device/device.ts';
import { Classifier } from '../../engine/inference/classifier.ts';
import { decodePngOnly } from '../../testing/data/import-files.ts';
import { NARROW } from '../../testing/engine/family/narrow-net.ts';
import { randomWeights } from '../../testing/engine/family/random-weights.ts';
import { ROOMY } from '../../testing/engine/tiny-race.ts';
import { PhotoClassifier } from './photo-classifier.ts';

const picture = (seed: number) => {
  const data = Uint8Array.from({ length: 80 * 90 * 3 }, (_, at) => (at * seed * 7) % 251);
  return new Uint8Array(encode({ width: 80, height: 90, data, channels: 3 }));
};
const files = Array.from({ length: 11 }, (_, nth) => {
  const bytes = nth === 4 ? new TextEncoder().encode('no image') : picture(nth + 1);
  return { path: `set/${nth % 2 === 0 ? 'n01440764' : 'b'}/${nth}.png`, blob: new Blob([new Uint8Array(bytes)]) };
});
const classes = Array.from({ length: 7 }, (_, at) => ({
  names: ['abcdefg'[at] ?? ''],
  wordNet: at === 0 ? 'n01440764' : null,
}));

beforeAll(async () => {
  await startDevice('wasm');
});

test('photographs are classified in batches as one by one; one that does not decode is named; a run can go on', async () => {
  const blob = new Blob([randomWeights(NARROW, { classes: 7 })]);
  const classifier = await Classifier.load(NARROW, { name: 'narrow', blob }, ROOMY);
  expect(classifier.batch).toBe(8);
  const photos = new PhotoClassifier({ decodeImage: decodePngOnly });
  const signal = new AbortController().signal;
  const set = await photos.open({ files, classes }, { signal, onProgress: () => {} });
  expect(set.labels).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0]);

  const run = async (wanted: readonly number[], batches: number) => {
    const told: PhotoBatch[] = [];
    let left = batches;
    const turn = async () => {
      left -= 1;
      if (left < 0) throw new Error('paused');
    };
    await photos.classify(classifier, wanted, { signal, turn, onBatch: (batch) => told.push(batch) }).catch(() => {});
    return told;
  };
  const all = set.labels.map((_, photo) => photo);
  const [first, ...others] = await run(all, 1);
  expect(others).toEqual([]);
  expect(first?.answers.map(({ photo }) => photo)).toEqual([0, 1, 2, 3, 5, 6, 7]);
  expect(first?.unread).toMatchObject([{ photo: 4, isForNow: false }]);
  const rest = await run([8, 9, 10], 9);
  const answers = [...(first?.answers ?? []), ...rest.flatMap((batch) => batch.answers)];
  expect(answers.map(({ photo }) => photo)).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9, 10]);
  for (const { photo, guesses } of answers) {
    const alone = await classifier.classify(await decodePngOnly(picture(photo + 1), 'x'));
    expect(guesses).toEqual(alone.guesses.map(({ label }) => label));
  }
  // The next net's run takes the crops from memory, and says the same.
  const again = await run([0, 3, 10], 9);
  expect(again.flatMap((batch) => batch.answers)).toEqual(answers.filter(({ photo }) => [0, 3, 10].includes(photo)));
  expect(photos.thumbnails([0, 4]).map(({ photo, size, pixels }) => [photo, size, pixels.length])).toEqual([
    [0, 16, 768],
  ]);
  classifier.dispose();
});

test('where the browser alters what it decodes, that is told of photographs that are not all PNGs', async () => {
  const noisyOf = async (noisy: boolean, ...paths: readonly string[]) => {
    const photos = new PhotoClassifier({ decodeImage: decodePngOnly, noisy });
    const given = paths.map((path) => ({ path, blob: new Blob([new Uint8Array(picture(1))]) }));
    const call = { signal: new AbortController().signal, onProgress: () => {} };
    return (await photos.open({ files: given, classes }, call)).noisy;
  };
  expect(await noisyOf(true, 'a/1.png', 'b/2.jpg')).toBe(true);
  expect(await noisyOf(true, 'a/1.png', 'b/2.PNG')).toBe(false);
  expect(await noisyOf(false, 'a/1.jpg')).toBe(false);
});
