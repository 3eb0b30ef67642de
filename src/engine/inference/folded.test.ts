import { readFileSync } from 'node:fs';
import { memory, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { foldNorms } from '../../core/net/fold.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { makeNet } from '../../core/net/net.ts';
import type { Lesion } from '../../core/results/lesion.ts';
import { largestDifference } from '../../testing/engine/check.ts';
import {
  familyGoldenSchema,
  GOLDEN_WEIGHTS,
  goldenImages,
  goldenName,
  isNarrow,
  looseNet,
} from '../../testing/engine/family/golden.ts';
import { startDevice } from '../device/device.ts';
import { backward } from '../graph/backward.ts';
import { compile } from '../graph/compile.ts';
import { forward } from '../graph/forward.ts';
import { lesioned } from '../insight/lesions/lesioned.ts';
import { inScope } from '../insight/measurement.ts';
import { crossEntropy } from '../ops/tensors/loss.ts';
import { disposeLabels, makeLabels } from '../training/device-batch.ts';
import { Weights } from '../weights/weights.ts';
import { FrozenNet } from './frozen-net.ts';

const file = readFileSync(new URL('goldens/nets.json', import.meta.url), 'utf8');
const narrow = v.parse(v.array(familyGoldenSchema), JSON.parse(file)).filter(isNarrow);
const nets = narrow.map((golden) => ({ name: goldenName(golden), golden }));

/** What two orders of rounding may differ by, as a share of the largest. */
const ROUNDING = 1e-5;

/** One small net with norms of each design that has any. */
function isOfItsDesign({ golden: { net, size } }: (typeof nets)[number]): boolean {
  if (size >= 64) return false;
  switch (net.design) {
    case 'vgg':
      return net.norm;
    case 'googlenet':
      return net.form === 'pytorch';
    case 'imagenet':
      return net.depth === 18;
    default:
      return false;
  }
}

async function read(tensor: Tensor) {
  const values = await tensor.data();
  tensor.dispose();
  return values;
}

describe.each([
  { backend: 'wasm', own: nets },
  // Plain JavaScript takes seconds for the others, and what is folded does not depend on the backend.
  { backend: 'cpu', own: nets.filter(isOfItsDesign) },
] as const)('on $backend a net that is only run', ({ backend, own }) => {
  beforeAll(async () => {
    await startDevice(backend);
  });

  test.each(own)(
    'has no norm behind a convolution, and the logits that it had with them: $name',
    async ({ golden }) => {
      const { net, size, classes, batch } = golden;
      const before = memory().numTensors;
      const images = goldenImages(batch, size);
      const loose = await looseNet(golden);
      const trace = forward(loose.program, loose.weights, images, 'running', false);
      const expected = await read(trace.values.get(loose.program.output, 2).clone());
      const frozen = await FrozenNet.load(buildGraph(net, size, classes), net.gains, GOLDEN_WEIGHTS);
      expect(frozen.graph.nodes.some(({ op }) => op === 'norm')).toBe(false);
      expect(largestDifference(await read(frozen.logits(images)), expected)).toBeLessThan(ROUNDING);
      for (const each of [trace.values, trace.statistics, loose.weights, frozen, images]) each.dispose();
      expect(memory().numTensors).toBe(before);
    },
  );

  test('and its lesions are those of the net that has its norms', async () => {
    const golden = narrow.find(({ net }) => net.gains.some((gain) => gain === 1));
    if (golden === undefined) throw new Error('golden: none is residual');
    const { net, size, classes } = golden;
    const graph = buildGraph(net, size, classes);
    const images = goldenImages(1, size);
    const loose = await looseNet(golden);
    const frozen = await FrozenNet.load(graph, net.gains, GOLDEN_WEIGHTS);
    const lesions = net.gains.flatMap((_, at): Lesion[] => [
      { kind: 'branch', block: at + 1 },
      { kind: 'shortcut', block: at + 1 },
    ]);
    const initial = () => expect.fail('it has no weights of step 0');
    const answers: number[][] = [];
    for (const lesion of lesions) {
      await inScope(async (scope) => {
        const damaged = lesioned({ graph, program: loose.program, initial }, loose.weights, lesion, scope);
        const trace = forward(loose.program, damaged, images, 'running', false);
        const expected = await read(trace.values.get(loose.program.output, 2).clone());
        for (const each of [trace.values, trace.statistics]) each.dispose();
        const ours = await read(frozen.logits(images, lesioned({ ...frozen, initial }, frozen.weights, lesion, scope)));
        expect(largestDifference(ours, expected)).toBeLessThan(ROUNDING);
        answers.push([...ours]);
      });
    }
    expect(new Set(answers.map((logits) => logits[0])).size).toBe(lesions.length);
    for (const each of [loose.weights, frozen, images]) each.dispose();
  });
});

test('a norm that something else reads too, or that reads something else, stays', () => {
  const { graph, folds } = foldNorms({
    nodes: [
      { op: 'input', name: 'input', shape: [4, 4, 3], block: 0 },
      { op: 'norm', name: 'first', shape: [4, 4, 3], block: 0, input: 'input' },
      ...conv('conv1', 'first'),
      { op: 'norm', name: 'norm1', shape: [4, 4, 3], block: 0, input: 'conv1' },
      ...conv('conv2', 'norm1'),
      { op: 'norm', name: 'norm2', shape: [4, 4, 3], block: 0, input: 'conv2' },
      { op: 'add', name: 'add', shape: [4, 4, 3], block: 1, branch: 'norm2', shortcut: 'conv2' },
    ],
  });
  expect(folds.map(({ norm }) => norm.name)).toEqual(['norm1']);
  expect(graph.nodes.map(({ name }) => name)).toEqual(['input', 'first', 'conv1', 'conv2', 'norm2', 'add']);
  expect(graph.nodes.find(({ name }) => name === 'conv2')).toMatchObject({ input: 'conv1', bias: false });
  expect(graph.nodes.find(({ name }) => name === 'conv1')).toMatchObject({ input: 'first', bias: true });
});

test('what a convolution adds has its gradient: the loss changes with biases as backward says', async () => {
  await startDevice('wasm');
  const net = makeNet('residual', 8, { width: 4, option: 'B' });
  const { graph } = foldNorms(buildGraph(net, 8, 3));
  const program = compile(graph);
  const weights = new Weights(graph, program, [1, 0.5, 1], 1);
  const images = goldenImages(4, 8);
  const labels = makeLabels(Int32Array.of(0, 1, 2, 0), 3);
  const run = async () => {
    const trace = forward(program, weights, images, 'batch', true);
    const { metrics, dLogits } = crossEntropy(trace.values.get(program.output, 2), labels);
    const gradients = backward(program, weights, trace, dLogits);
    trace.statistics.dispose();
    return { loss: (await read(metrics))[0] ?? Number.NaN, gradients };
  };
  // Through all blocks and their shortcuts, through the first block and the second's projection, and through one branch.
  for (const name of ['stem.conv.bias', 'stage1.block1.conv2.bias', 'stage2.block1.conv1.bias']) {
    const bias = weights.parameters.get(name, 1);
    const { gradients } = await run();
    const [expected = Number.NaN] = await read(gradients.get(name, 1).clone());
    gradients.dispose();
    const lossAt = async (step: number) => {
      weights.parameters.set(name, tensor1d([step, 0, 0, 0, 0, 0, 0, 0].slice(0, bias.size)));
      const { loss, gradients } = await run();
      gradients.dispose();
      return loss;
    };
    const step = 1e-3;
    const measured = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
    // Some pixels cross the ReLU's kink on the way.
    expect(Math.abs(measured / expected - 1)).toBeLessThan(0.1);
    await lossAt(0);
  }
  disposeLabels(labels);
  for (const each of [weights, images]) each.dispose();
});

function conv(name: string, input: string) {
  const sampling = { kernel: 3, stride: 1, padding: 'same', groups: 1 } as const;
  return [{ op: 'conv', name, shape: [4, 4, 3], block: 0, input, ...sampling, bias: false, inChannels: 3 }] as const;
}
