import { memory, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { nameLanes } from '../../core/experiment/experiment.ts';
import type { Recipe } from '../../core/experiment/recipe.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { blockCount, makeNet, type NetSpec } from '../../core/net/net.ts';
import {
  PLAIN,
  PROJECTED,
  RESIDUAL,
  runRounds,
  tinyData,
  tinyExperiment,
  tinyRace,
} from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { compile } from '../graph/compile.ts';
import { forward } from '../graph/forward.ts';
import { AT_ONCE } from '../insight/measurement.ts';
import type { Instruction } from '../ops/operations.ts';
import { Weights } from '../weights/weights.ts';
import { disposeBatch, upload } from './device-batch.ts';
import type { Race } from './race.ts';

const NETS = [PLAIN, RESIDUAL, PROJECTED, makeNet('residual', 11, { width: 1, block: 'bottleneck' })];

function programOf(net: (typeof NETS)[number]) {
  const { size, classes } = tinyData();
  return compile(buildGraph(net, size, classes));
}

function norm(values: Iterable<number>): number {
  return Math.hypot(...values);
}

async function gradientNorms(race: Race, lane: string): Promise<ReadonlyMap<string, number>> {
  const found = await race.insight(lane).probe({ name: 'gradients' }, AT_ONCE);
  return new Map(found.name === 'gradients' ? found.layers.map(({ layer, norm: each }) => [layer, each]) : []);
}

describe.each(['cpu', 'wasm'] as const)('a round in slow motion on %s', (backend) => {
  beforeAll(async () => {
    await startDevice(backend);
  });
  const nets = backend === 'cpu' ? NETS.slice(0, 2) : NETS;
  const lanes = nameLanes(nets).map(({ name }) => name);

  test('is the round that it would have been, to the last bit, and leaves no tensor', async () => {
    const ordinary = tinyRace(tinyExperiment(nets));
    const curves = (await runRounds(ordinary, 4)).points;
    const snapshot = await ordinary.snapshot();
    ordinary.dispose();

    const slow = tinyRace(tinyExperiment(nets));
    slow.round();
    const before = memory().numTensors;
    const rounds = [await slow.slowRound(), await slow.slowRound()];
    await slow.report();
    // Of each round [loss, share of wrong answers] waited for the report.
    expect(memory().numTensors).toBe(before - lanes.length);
    slow.dispose();
    expect(rounds.map(({ steps }) => steps.map(({ lane, step }) => [lane, step]))).toEqual(
      [2, 3].map((step) => lanes.map((lane) => [lane, step])),
    );

    const again = tinyRace(tinyExperiment(nets));
    again.round();
    const { steps } = await again.slowRound();
    await again.slowRound();
    again.round();
    const told = (await again.report()).points;
    expect(told).toEqual(curves);
    expect(await again.snapshot()).toEqual(snapshot);
    for (const { lane, loss, error } of steps) {
      const own = told.find((points) => points.lane === lane);
      expect([loss, error]).toEqual([own?.losses[1], own?.errors[1]]);
    }
    again.dispose();
  });

  test('shows the images of the batch and each net’s answers to them; the images are those that are trained on', async () => {
    const race = tinyRace(tinyExperiment(nets, { augment: false }));
    race.round();
    const { images, steps } = await race.slowRound();
    race.dispose();
    const data = tinyData({ augment: false });
    const { images: values, labels } = data.batch(1);
    expect(images.map(({ label }) => label)).toEqual([...labels.subarray(0, 4)]);
    for (const [at, picture] of images.entries()) {
      const again = data.prepared(picture).values;
      const expected = values.subarray(at * again.length, (at + 1) * again.length);
      expect(Math.max(...again.map((value, index) => Math.abs(value - (expected[index] ?? 0))))).toBeLessThan(0.02);
    }
    for (const { answers } of steps) {
      expect(answers).toHaveLength(4);
      for (const { label, probability } of answers) {
        expect(label).toBeLessThan(data.classes);
        expect(probability).toBeGreaterThan(1 / data.classes - 1e-6);
        expect(probability).toBeLessThanOrEqual(1);
      }
    }
  });

  test('has every instruction once, forward in the order of the program and back in reverse', async () => {
    const race = tinyRace(tinyExperiment(nets));
    const { steps } = await race.slowRound();
    race.dispose();
    for (const [nth, net] of nets.entries()) {
      const order = programOf(net).instructions.map(({ op, output }) => [op, output]);
      const { forward, backward } = steps[nth] ?? { forward: [], backward: [] };
      expect(forward.map(({ op, output }) => [op, output])).toEqual(order);
      // What only cut shortcuts read has no gradient.
      const differentiable = order.filter(([op]) => op !== 'pad' || net.family === 'residual');
      expect(backward.map(({ op, output }) => [op, output])).toEqual(differentiable.toReversed());
      const places = forward.map(({ place }) => place);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect([...new Set(places)]).toEqual(Array.from({ length: net.gains.length + 2 }, (_, place) => place));
    }
  });

  test('notes the gradients that the probe measures, and the change that the weights underwent', async () => {
    const race = tinyRace(tinyExperiment(nets));
    await runRounds(race, 2);
    const probed = new Map<string, ReadonlyMap<string, number>>();
    for (const lane of lanes) probed.set(lane, await gradientNorms(race, lane));
    const before = await race.snapshot();
    const { steps } = await race.slowRound();
    const after = await race.snapshot();
    race.dispose();
    for (const { lane, backward, update } of steps) {
      for (const [layer, expected] of probed.get(lane) ?? []) {
        if (layer === 'head.dense') continue;
        expect(backward.find(({ output }) => output === layer)?.weights).toBeCloseTo(expected, 5);
      }
      const valuesOf = (snapshot: typeof before, name: string) => snapshot.get(lane)?.values.get(`parameter ${name}`);
      expect(update.map(({ parameter }) => parameter).toSorted()).toEqual(
        [...(before.get(lane)?.values.keys() ?? [])]
          .flatMap((key) => (key.startsWith('parameter ') ? [key.slice(10)] : []))
          .toSorted(),
      );
      for (const { parameter, before: size, change } of update) {
        const [old, now] = [valuesOf(before, parameter) ?? [], valuesOf(after, parameter) ?? []];
        expect(size).toBeCloseTo(norm(old), 4);
        expect(change).toBeCloseTo(norm([...now].map((value, index) => value - (old[index] ?? 0))), 5);
      }
    }
  });

  test('notes the size of every value, which is the root mean square of its numbers', async () => {
    const experiment = tinyExperiment([RESIDUAL]);
    const race = tinyRace(experiment);
    const [step] = (await race.slowRound()).steps;
    race.dispose();
    const sizes = firstSizes(RESIDUAL, experiment.recipe);
    expect(step?.forward.map(({ output }) => output)).toEqual([...sizes.keys()]);
    for (const { output, size } of step?.forward ?? []) {
      expect(size, output).toBeCloseTo(sizes.get(output) ?? Number.NaN, 4);
    }
    expect(step?.forward.filter(({ gain }) => gain !== null).map(({ gain }) => gain)).toEqual([1, 1, 1]);
  });
});

/** The root mean square of each value of a net's first step, of the values themselves. */
function firstSizes(net: NetSpec, recipe: Recipe): ReadonlyMap<string, number> {
  const data = tinyData(recipe);
  const graph = buildGraph(net, data.size, data.classes);
  const program = compile(graph);
  const weights = new Weights(graph, program, net.gains, recipe.seed);
  const batch = upload(data.batch(0), data.size, data.classes);
  const sizes = new Map<string, number>();
  const onForward = ({ output }: Instruction, value: Tensor) => {
    const numbers = value.dataSync();
    sizes.set(output, norm(numbers) / Math.sqrt(numbers.length));
  };
  const { values, statistics } = forward(program, weights, batch.images, 'batch', false, { observer: { onForward } });
  for (const each of [values, statistics, weights]) each.dispose();
  disposeBatch(batch);
  return sizes;
}

test.each(['concat', 'dense'] as const)(
  'a net whose blocks end in no sums (%s) has a place for each, too',
  async (type) => {
    await startDevice('wasm');
    const shortcut = type === 'dense' ? ({ type, growth: 2 } as const) : ({ type } as const);
    const net = makeNet('residual', 8, { width: 2, choices: { shortcut } });
    const race = tinyRace(tinyExperiment([net]));
    const { steps } = await race.slowRound();
    race.dispose();
    const places = steps[0]?.forward.map(({ place }) => place) ?? [];
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect([...new Set(places)]).toEqual(Array.from({ length: blockCount(net) + 2 }, (_, place) => place));
  },
);
