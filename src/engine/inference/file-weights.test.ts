import { readdirSync, readFileSync } from 'node:fs';
import { memory } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildGraph } from '../../core/net/graph.ts';
import { sizeOf } from '../../core/net/node.ts';
import { listParameters } from '../../core/net/operation-facts.ts';
import { makeVgg } from '../../core/net/zoo.ts';
import {
  openSafetensors,
  readSafetensors,
  type StoredPlace,
  type StoredTensor,
  writeSafetensors,
} from '../../data/formats/safetensors.ts';
import { largestDifference } from '../../testing/engine/check.ts';
import { familyGoldenSchema, goldenImages } from '../../testing/engine/family/golden.ts';
import { startDevice } from '../device/device.ts';
import { fromStateDict, toStateDict } from '../state-dict/state-dict.ts';
import { isBeside } from '../state-dict/torch-names.ts';
import { fileWeights } from './file-weights.ts';
import { FrozenNet } from './frozen-net.ts';

const folder = new URL('../state-dict/goldens/family/', import.meta.url);

async function readGolden(name: string) {
  const file = await openSafetensors(new Blob([readFileSync(new URL(name, folder))]), name);
  const facts = Object.fromEntries([...file.metadata].map(([key, text]) => [key, JSON.parse(text)]));
  const golden = v.parse(familyGoldenSchema, { ...facts, training: null });
  return { file, ...golden, graph: buildGraph(golden.net, golden.size, golden.classes) };
}

beforeAll(async () => {
  await startDevice('wasm');
});

describe.each(readdirSync(folder))('%s, as torchvision’s own net wrote it', (name) => {
  test('is read tensor by tensor, and gives the logits that torchvision gave', async () => {
    const { file, net, graph, size, batch, logits } = await readGolden(name);
    const before = memory().numTensors;
    const told: number[] = [];
    const onProgress = (fraction: number) => told.push(fraction);
    const frozen = await FrozenNet.load(graph, net.gains, fileWeights(net, graph, file), { onProgress });
    const images = goldenImages(batch, size);
    const ours = frozen.logits(images);
    expect(largestDifference(await ours.data(), logits.flat())).toBeLessThan(1e-3);
    for (const each of [ours, images, frozen]) each.dispose();
    expect(memory().numTensors).toBe(before);
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  test('is the same read in strips, of which none is longer than asked for', async () => {
    const { file, net, graph } = await readGolden(name);
    const longest = { bytes: 0 };
    const watched: typeof file = {
      ...file,
      read: (place) => {
        longest.bytes = Math.max(longest.bytes, place.to - place.from);
        return file.read(place);
      },
    };
    const whole = fileWeights(net, graph, file);
    // The longest row of these files has 363 numbers; of their largest tensor several strips are made.
    const strips = fileWeights(net, graph, watched, 500);
    for (const parameter of listParameters(graph)) {
      expect(await strips.parameter(parameter)).toEqual(await whole.parameter(parameter));
    }
    expect(longest.bytes).toBeLessThanOrEqual(4 * 500);
  });

  test('comes out again as it went in', async () => {
    const { graph } = await readGolden(name);
    const whole = readSafetensors(readFileSync(new URL(name, folder)), name);
    const written = toStateDict(graph, fromStateDict(graph, whole, name));
    const computed = [...whole.tensors.keys()].filter((tensor) => !isBeside(tensor));
    expect(written.map((tensor) => tensor.name).toSorted()).toEqual(computed.toSorted());
    for (const tensor of written) {
      const { shape, bytes = [] } = whole.tensors.get(tensor.name) ?? {};
      expect(tensor.shape).toEqual(shape);
      expect(new Uint8Array(tensor.values.buffer)).toEqual(Uint8Array.from(bytes));
    }
  });
});

test('a file in 16 bits gives what the same numbers give in 32', async () => {
  const { file, net, graph, size, batch } = await readGolden('vgg-16-bn.safetensors');
  /** The upper halves of a tensor's numbers: as BF16 has them, or with zeros for the lower ones. */
  const halved = async (place: StoredPlace): Promise<[bf16: StoredTensor, f32: StoredTensor]> => {
    const { bytes, ...same } = await file.read(place);
    const whole = Uint8Array.from(bytes, (byte, at) => (at % 4 < 2 ? 0 : byte));
    return [
      { ...same, dtype: 'BF16', bytes: whole.filter((_, at) => at % 4 > 1) },
      { ...same, bytes: whole },
    ];
  };
  const logits = async (which: 0 | 1) => {
    const read = async (place: StoredPlace) =>
      place.dtype === 'F32' ? (await halved(place))[which] : file.read(place);
    const frozen = await FrozenNet.load(graph, net.gains, fileWeights(net, graph, { ...file, read }));
    const images = goldenImages(batch, size);
    const ours = frozen.logits(images);
    const values = await ours.data();
    for (const each of [ours, images, frozen]) each.dispose();
    return values;
  };
  expect(await logits(0)).toEqual(await logits(1));
});

test('a VGG of timm, whose dense layers are convolutions, is read as torchvision’s', async () => {
  const { file, net, graph } = await readGolden('vgg-16-bn.safetensors');
  const theirs = [
    ['classifier.0', 'pre_logits.fc1', [128, 16, 2, 2]],
    ['classifier.3', 'pre_logits.fc2', [128, 128, 1, 1]],
    ['classifier.6', 'head.fc', null],
  ] as const;
  const places = [...file.places].map(([name, place]) => {
    const [ours = '', timms = '', shape = null] = theirs.find(([each]) => name.startsWith(`${each}.`)) ?? [];
    const renamed = name.replace(ours, timms);
    return [renamed, name.endsWith('weight') && shape !== null ? { ...place, shape } : place] as const;
  });
  const timm = fileWeights(net, graph, { ...file, places: new Map(places) });
  const torchvision = fileWeights(net, graph, file);
  for (const parameter of listParameters(graph).filter(({ name }) => name.startsWith('head.'))) {
    expect(await timm.parameter(parameter)).toEqual(await torchvision.parameter(parameter));
  }
});

test('a file of another net is refused by what differs, and what was loaded of a broken one is given back', async () => {
  const { file, net, graph } = await readGolden('vgg-16-bn.safetensors');
  const plain = makeVgg(16, { width: 2 });
  expect(() => fileWeights(plain, buildGraph(plain, 64, 4), file)).toThrow(
    'vgg-16-bn.safetensors is of another net: features.2.weight is missing (and',
  );
  const tensors = [...file.places].map(([name, { shape }], at) => {
    const size = sizeOf(shape);
    return { name, shape, values: new Float32Array(size).fill(at === 4 ? Number.NaN : 0) };
  });
  const broken = await openSafetensors(new Blob([writeSafetensors(tensors)]), 'broken');
  const before = memory().numTensors;
  await expect(FrozenNet.load(graph, net.gains, fileWeights(net, graph, broken))).rejects.toThrow(
    'weights file: broken has NaN in features.1.running_mean; choose one from before its training diverged',
  );
  expect(memory().numTensors).toBe(before);
});
