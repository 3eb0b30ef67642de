import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../data/random.ts';
import { writeSafetensors } from '../../data/safetensors.ts';
import { IMAGENET, makeImageNetNet } from '../../spec/family.ts';
import { buildGraph } from '../../spec/graph.ts';
import { PRETRAINED, type PretrainedNet } from '../../spec/pretrained.ts';
import { ROOMY } from '../checks/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { torchTensors } from '../exchange/torch-names.ts';
import { MemoryError } from '../memory-check.ts';
import { Classifier } from './classifier.ts';

const [{ input }] = PRETRAINED;
const narrow: PretrainedNet = {
  name: 'ResNet-18',
  net: makeImageNetNet('residual', 18, { width: 4, form: 'pytorch' }),
  input: { ...input, shorter: 72, crop: 64 },
  repository: null,
};

/** Weights at random, as PyTorch would name them. */
function randomFile({ net, input: { crop } }: PretrainedNet): Blob {
  const tensors = torchTensors(buildGraph(net, crop, IMAGENET.classes)).map(({ name, shape }) => {
    const random = new Random(name);
    const size = shape.reduce((product, side) => product * side, 1);
    const spread = shape.length > 1 ? Math.sqrt(24 / (size / (shape[0] ?? 1))) : 0.5;
    const from = shape.length > 1 ? -spread / 2 : 0.75;
    return { name, shape, values: Float32Array.from({ length: size }, () => from + spread * random.uniform()) };
  });
  return new Blob([writeSafetensors(tensors)]);
}

const file = { name: 'resnet18.safetensors', blob: randomFile(narrow) };
const image = { width: 90, height: 80, data: Uint8Array.from({ length: 90 * 80 * 3 }, (_, at) => (at * 7) % 256) };

beforeAll(async () => {
  await startDevice('wasm');
});

describe('a net with weights of a file', () => {
  test('says what it sees, and leaves nothing when it is let go', async () => {
    const before = memory().numTensors;
    const classifier = await Classifier.load(narrow, file, ROOMY);
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
    const classifier = await Classifier.load(narrow, file, ROOMY);
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

  test('is refused with the number where the device has no room, before anything is read', async () => {
    const unread = { name: 'x', blob: new Blob([]) };
    await expect(Classifier.load(narrow, unread, { ...ROOMY, memoryLimit: 1e5 })).rejects.toThrow(MemoryError);
  });
});
