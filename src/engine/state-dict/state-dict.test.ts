import { readdirSync, readFileSync } from 'node:fs';
import { tensor4d } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildGraph } from '../../core/net/graph.ts';
import { makeNet } from '../../core/net/net.ts';
import { sizeOf } from '../../core/net/node.ts';
import { readSafetensors, writeSafetensors } from '../../data/formats/safetensors.ts';
import { goldenBatch, goldenNetSchema } from '../../testing/engine/golden.ts';
import { startDevice } from '../device/device.ts';
import { disposeLabels } from '../training/device-batch.ts';
import { Model } from '../training/model.ts';
import { readTensors } from '../weights/readback.ts';
import { fromStateDict, toStateDict } from './state-dict.ts';
import { torchModule, torchTensors } from './torch-names.ts';

const folder = new URL('goldens/', import.meta.url);
const factsSchema = v.object({
  net: goldenNetSchema,
  size: v.number(),
  classes: v.number(),
  batch: v.number(),
  logits: v.array(v.array(v.number())),
});

function readGolden(name: string) {
  const file = readSafetensors(readFileSync(new URL(name, folder)), name);
  const json = Object.fromEntries([...file.metadata].map(([key, text]) => [key, JSON.parse(text)]));
  return { file, ...v.parse(factsSchema, json) };
}

beforeAll(async () => {
  await startDevice('wasm');
});

const written = readdirSync(folder).filter((name) => name.endsWith('.safetensors'));

describe.each(written)('%s, made of torchvision’s blocks', (name) => {
  test('gives the logits that PyTorch gave', async () => {
    const { file, net, size, classes, batch, logits } = readGolden(name);
    const model = new Model(net, size, classes, 1);
    model.restore(fromStateDict(buildGraph(net, size, classes), file, name));
    const { images, labels } = goldenBatch({ batch, size, classes });
    const ours = model.logits(images, 'running');
    const values = await ours.data();
    for (const [at, value] of logits.flat().entries()) expect(values[at]).toBeCloseTo(value, 4);
    for (const each of [ours, images]) each.dispose();
    disposeLabels(labels);
    model.dispose();
  });

  test('comes out again as it went in', async () => {
    const { file, net, size, classes } = readGolden(name);
    const graph = buildGraph(net, size, classes);
    const model = new Model(net, size, classes, 1);
    model.restore(fromStateDict(graph, file, name));
    const dict = toStateDict(graph, await readTensors(model.stateTensors()));
    model.dispose();
    const names = [...file.tensors.keys()].filter((each) => !each.endsWith('num_batches_tracked'));
    expect(dict.map((each) => each.name).toSorted()).toEqual(names.toSorted());
    const again = readSafetensors(writeSafetensors(dict), 'again');
    expect(fromStateDict(graph, again, 'again')).toEqual(fromStateDict(graph, file, name));
  });
});

describe('weights from elsewhere', () => {
  const net = makeNet('residual', 8, { width: 2, option: 'B' });
  const graph = buildGraph(net, 8, 3);
  const zeros = torchTensors(graph).map(({ name, shape }) => ({
    name,
    shape,
    values: new Float32Array(sizeOf(shape)),
  }));
  const load = (tensors: typeof zeros) => fromStateDict(graph, readSafetensors(writeSafetensors(tensors), 'x'), 'net');

  /** The last layer with another number of classes. */
  const resized = ({ name, shape }: (typeof zeros)[number], classes: number) => {
    const [, ...rest] = shape;
    return { name, shape: [classes, ...rest], values: new Float32Array(classes * (rest[0] ?? 1)) };
  };

  test.each(['module.', '_orig_mod.', 'model.', 'net.module.', 'any.thing.at.all.', 'ema_model.module.'])(
    'may have names that all begin with %s',
    (prefix) => {
      const prefixed = zeros.map((each) => ({ ...each, name: `${prefix}${each.name}` }));
      expect(load(prefixed)).toEqual(load(zeros));
    },
  );

  test('are said to be of another net where they are', () => {
    expect(() => load(zeros.slice(1))).toThrow('net is of another net: conv1.weight is missing; load');
    const wider = buildGraph({ ...net, width: 4 }, 8, 3);
    const both = () => fromStateDict(wider, readSafetensors(writeSafetensors(zeros), 'x'), 'net');
    expect(both).toThrow('conv1.weight is [2, 3, 3, 3], not [4, 3, 3, 3] (and');
    const more = { name: 'layer4.0.conv1.weight', shape: [1], values: new Float32Array(1) };
    expect(() => load([...zeros, more])).toThrow('the net has no layer4.0.conv1.weight');
    const broken = zeros.map((each, at) => (at === 0 ? { ...each, values: each.values.map(() => Number.NaN) } : each));
    expect(() => load(broken)).toThrow('weights file: net has NaN in conv1.weight; choose one from before');
  });

  test('are refused for what they are where they are of this net: infinite, a negative variance, whole numbers', () => {
    const withOne = (name: string, value: number) =>
      zeros.map((each) => (each.name === name ? { ...each, values: each.values.map(() => value) } : each));
    expect(() => load(withOne('layer1.0.bn1.running_var', -0.1))).toThrow(
      'weights file: net has a negative variance in layer1.0.bn1.running_var; choose a file that was not changed',
    );
    expect(() => load(withOne('fc.bias', Number.NEGATIVE_INFINITY))).toThrow(
      'has a number that is infinite in 32 bits in fc.bias;',
    );
    const { tensors, metadata } = readSafetensors(writeSafetensors(zeros), 'x');
    const whole = new Map([...tensors].map(([name, each]) => [name, { ...each, dtype: 'I32' as const }]));
    expect(() => fromStateDict(graph, { tensors: whole, metadata }, 'net')).toThrow(
      'weights file: net has conv1.weight in numbers of I32; save it in F32, F16, BF16 or F64',
    );
  });

  test('with another number of classes are refused by that number', () => {
    const more = zeros.map((each) => (each.name.startsWith('fc.') ? resized(each, 7) : each));
    expect(() => load(more)).toThrow('net tells 7 classes apart, and these images have 3; open the images that it');
    // Where more differs, that is told.
    expect(() => load(more.slice(1))).toThrow(
      'net is of another net: conv1.weight is missing (and 2 more differences)',
    );
  });

  test('may have names that show no control characters and do not fill the page', () => {
    const more = { name: `\0\u202e${'x'.repeat(10_000)}`, shape: [1], values: new Float32Array(1) };
    const problem = () => load([...zeros, more]);
    expect(problem).toThrow(
      /^weights file: net is of another net: the net has no \\u0000\\u202exxx[x…]+; load it into a/,
    );
    expect(problem).toThrow(/^.{1,200}$/);
  });

  test('have names that torchvision has', () => {
    expect(['stem.conv', 'stage2.block3.norm1', 'stage3.block1.shortcut.norm', 'head.dense'].map(torchModule)).toEqual([
      'conv1',
      'layer2.2.bn1',
      'layer3.0.downsample.1',
      'fc',
    ]);
  });
});

test('every axis is moved, and none is mixed up', async () => {
  // A convolution weight [1, 2, 3, 4] that counts: the number at [h, w, i, o] is 24h + 12w + 4i + o.
  const { transpose } = await import('./state-dict.ts');
  const counting = tensor4d(
    Array.from({ length: 24 }, (_, at) => at),
    [1, 2, 3, 4],
  );
  const moved = transpose(Float32Array.from(await counting.data()), [1, 2, 3, 4], [3, 2, 0, 1]);
  counting.dispose();
  expect([...moved.subarray(0, 6)]).toEqual([0, 12, 4, 16, 8, 20]);
  expect([...moved.subarray(6, 8)]).toEqual([1, 13]);
});
