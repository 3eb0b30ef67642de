import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { NARROW } from '../../testing/engine/family/narrow-net.ts';
import { randomWeights } from '../../testing/engine/family/random-weights.ts';
import { ROOMY } from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { MemoryError } from '../weights/memory.ts';
import { Classifier } from './classifier.ts';
import { FrozenNet } from './frozen-net.ts';

const file = { name: 'resnet18.safetensors', blob: new Blob([randomWeights(NARROW)]) };
const image = { width: 90, height: 80, data: Uint8Array.from({ length: 90 * 80 * 3 }, (_, at) => (at * 7) % 256) };

beforeAll(async () => {
  await startDevice('wasm');
});

describe('a net with weights of a file', () => {
  test('says what it sees, and leaves nothing when it is let go', async () => {
    const before = memory().numTensors;
    const classifier = await Classifier.load(NARROW, file, ROOMY);
    const { guesses, activationBytes } = await classifier.classify(image);
    expect(guesses.length).toBe(5);
    const shares = guesses.map(({ probability }) => probability);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    // At the least the first layer's maps and those of the pool behind it.
    expect(activationBytes).toBeGreaterThan(4 * 4 * (32 * 32 + 16 * 16));
    expect((await classifier.classify(image)).guesses).toEqual(guesses);
    classifier.dispose();
    expect(memory().numTensors).toBe(before);
  });

  test('is damaged block by block without being changed', async () => {
    const classifier = await Classifier.load(NARROW, file, ROOMY);
    const { guesses } = await classifier.classify(image);
    const before = memory().numTensors;
    const told: number[] = [];
    const branches = await classifier.damage('branch', { onPart: ({ block }) => told.push(block) });
    const shortcuts = await classifier.damage('shortcut');
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(shortcuts.map(({ block }) => block)).toEqual(told);
    // Each damage is another net: all these answers differ, from each other and from the whole net's.
    const all = [...branches, ...shortcuts].map(({ probability }) => probability);
    expect(new Set([...all, guesses[0]?.probability]).size).toBe(17);
    expect(memory().numTensors).toBe(before);
    expect((await classifier.classify(image)).guesses).toEqual(guesses);
    classifier.dispose();
  });

  test('may tell any number of classes apart, under names of any beginning', async () => {
    const before = memory().numTensors;
    const blob = new Blob([randomWeights(NARROW, { classes: 7, prefix: 'module.model.' })]);
    const classifier = await Classifier.load(NARROW, { ...file, blob }, ROOMY);
    expect(classifier.classes).toBe(7);
    expect(classifier.names).toEqual({ stripped: ['module.model.'], head: null, leftOut: 0 });
    const { guesses } = await classifier.classify(image);
    expect(guesses.length).toBe(5);
    expect(Math.max(...guesses.map(({ label }) => label))).toBeLessThan(7);
    expect((await classifier.damage('branch')).length).toBe(8);
    expect((await classifier.probe()).blocks.length).toBe(8);
    classifier.dispose();
    expect(memory().numTensors).toBe(before);
  });

  test('takes crops in batches of one shape where kernels are compiled for it, before the first is timed', async () => {
    const classifier = await Classifier.load(NARROW, file, { ...ROOMY, backend: 'webgpu' });
    const logits = vi.spyOn(FrozenNet.prototype, 'logits');
    // The first of all passes takes an hour.
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    logits.mockImplementationOnce(function (this: FrozenNet, images) {
      now += 3_600_000;
      return this.logits(images);
    });
    const crop = Uint8Array.from({ length: 64 * 64 * 3 }, (_, at) => (at * 7) % 256);
    const before = memory().numTensors;
    const times: number[] = [];
    for (const crops of [8, 3, 7]) {
      const { guesses, milliseconds } = await classifier.classifyCrops(Array.from({ length: crops }, () => crop));
      expect(guesses).toHaveLength(crops);
      times.push(milliseconds);
    }
    expect(memory().numTensors).toBe(before);
    expect(new Set(logits.mock.calls.map(([{ shape }]) => shape.join()))).toEqual(new Set(['8,64,64,3']));
    expect(times).toEqual([0, 0, 0]);
    // Of a batch that is not full, its share is counted.
    logits.mockImplementationOnce(function (this: FrozenNet, images) {
      now += 800;
      return this.logits(images);
    });
    expect((await classifier.classifyCrops([crop, crop])).milliseconds).toBe(200);
    // A run of few photographs is no whole batch.
    logits.mockClear();
    await classifier.classifyCrops([crop], 2);
    expect(logits.mock.calls.map(([{ shape }]) => shape.join())).toEqual(['2,64,64,3', '2,64,64,3']);
    logits.mockRestore();
    clock.mockRestore();
    classifier.dispose();
  });

  test('is refused where its last layer has one output', async () => {
    const blob = new Blob([randomWeights(NARROW, { classes: 1 })]);
    await expect(Classifier.load(NARROW, { ...file, blob }, ROOMY)).rejects.toThrow(
      'resnet18.safetensors has one output and no classes to choose among; choose one with an output for each class',
    );
  });

  test('is refused with the number where the device has no room, before anything is read', async () => {
    const unread = { name: 'x', blob: new Blob([]) };
    await expect(Classifier.load(NARROW, unread, { ...ROOMY, memoryLimit: 1e5 })).rejects.toThrow(MemoryError);
  });
});
