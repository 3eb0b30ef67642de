import { tensor } from '@tensorflow/tfjs-core';
import { buildGraph } from '../../core/net/graph.ts';
import { makeNet } from '../../core/net/net.ts';
import { Random } from '../../data/batches/random.ts';
import { backward } from '../../engine/graph/backward.ts';
import { compile } from '../../engine/graph/compile.ts';
import { forward } from '../../engine/graph/forward.ts';
import { crossEntropy } from '../../engine/ops/tensors/loss.ts';
import type { SgdRates } from '../../engine/ops/tensors/updates.ts';
import type { DeviceBatch } from '../../engine/training/device-batch.ts';
import { disposeBatch } from '../../engine/training/device-batch.ts';
import { TensorMap } from '../../engine/weights/tensor-map.ts';
import { Weights } from '../../engine/weights/weights.ts';
import { type Check, largestDifference } from './check.ts';
import { GOLDEN_SHAPE, GOLDEN_WIDTH, goldenBatch } from './golden.ts';

const RATES = { rate: 0.05, momentum: 0.9, decay: 1e-3 };
const KEEP = 0.9;
const PROJECTED = makeNet('residual', 8, { width: GOLDEN_WIDTH, option: 'B' });
const GRAPH = buildGraph(PROJECTED, GOLDEN_SHAPE.size, GOLDEN_SHAPE.classes);
const PROGRAM = compile(GRAPH);

const makeWeights = (seed: number) => new Weights(GRAPH, PROGRAM, PROJECTED.gains, seed);

async function read(map: TensorMap): Promise<ReadonlyMap<string, readonly number[]>> {
  const values = new Map<string, readonly number[]>();
  for (const [name, tensor] of map.entries()) values.set(name, [...(await tensor.data())]);
  return values;
}

export function valuesOf({ parameters }: Weights): Promise<ReadonlyMap<string, readonly number[]>> {
  return read(parameters);
}

function train(weights: Weights, batch: DeviceBatch, steps: number): void {
  for (let step = 0; step < steps; step++) {
    const trace = forward(PROGRAM, weights, batch.images, 'batch', true);
    const { metrics, dLogits } = crossEntropy(trace.values.get(PROGRAM.output, 2), batch.labels);
    weights.update(backward(PROGRAM, weights, trace, dLogits), RATES);
    weights.updateStatistics(trace.statistics, KEEP);
    trace.statistics.dispose();
    metrics.dispose();
  }
}

/**
 * The parameters that move in one step, in three steps after the gain of block 2 was set to 0, and in one after it was
 * mended. By then no velocity is 0 any more: only a parameter that is left alone rests.
 */
export async function movedAroundRest(): Promise<readonly (readonly string[])[]> {
  const weights = makeWeights(1);
  const batch = goldenBatch(GOLDEN_SHAPE);
  const moved = async (steps: number) => {
    const before = await valuesOf(weights);
    train(weights, batch, steps);
    const after = await valuesOf(weights);
    return [...before].flatMap(([name, values]) =>
      values.some((value, index) => !Object.is(value, after.get(name)?.[index])) ? [name] : [],
    );
  };
  const told = [await moved(1)];
  weights.setGain(2, 0);
  told.push(await moved(3));
  weights.setGain(2, 1);
  told.push(await moved(1));
  weights.dispose();
  disposeBatch(batch);
  return told;
}

/** The share of its norm that a parameter moves by at a rate of 1, and the least root mean square that it counts with. */
const EQUAL_SHARE = 0.02;
const LEAST_SIZE = 0.05;

/**
 * What two equal steps with momentum and decay make of parameters and velocities, on random gradients, against their
 * formula in float64. The projection of block 2 rests, whose gain is 0.
 */
export async function checkEqualSteps(): Promise<readonly Check[]> {
  const weights = makeWeights(1);
  weights.setGain(2, 0);
  const rates = { rate: 0.5, momentum: 0.9, decay: 0.1, equalSteps: true };
  const expected = [...(await valuesOf(weights))].map(([name, values]) => ({
    name,
    rests: name.startsWith('stage2.block1.shortcut'),
    parameter: values,
    velocity: values.map(() => 0),
  }));
  for (const step of [1, 2]) {
    const gradients = new TensorMap();
    for (const each of expected) {
      // As in a step: a shortcut that is not computed has no gradients.
      if (each.rests && weights.gain(2) === null) continue;
      const random = new Random(`equal/${step}/${each.name}`);
      const gradient = each.parameter.map(() => random.normals()[0] ?? 0);
      gradients.set(each.name, tensor(gradient, weights.parameters.find(each.name)?.shape));
      if (!each.rests) Object.assign(each, equalStep(each, gradient, rates));
    }
    weights.update(gradients, rates);
  }
  const [parameters, velocities] = await Promise.all([read(weights.parameters), read(weights.velocities)]);
  weights.dispose();
  return expected.flatMap(({ name, parameter, velocity }) => [
    { what: `equal steps: ${name}`, difference: differenceFrom(parameter, parameters.get(name)), tolerance: 1e-5 },
    {
      what: `equal steps: velocity of ${name}`,
      difference: differenceFrom(velocity, velocities.get(name)),
      tolerance: 1e-5,
    },
  ]);
}

function differenceFrom(reference: readonly number[], ours: readonly number[] = []): number {
  return largestDifference(ours, reference);
}

function equalStep(
  { parameter, velocity }: { readonly parameter: readonly number[]; readonly velocity: readonly number[] },
  gradient: readonly number[],
  { rate, momentum, decay }: SgdRates,
) {
  const whole = gradient.map((slope, at) => slope + decay * (parameter[at] ?? 0));
  const size = Math.max(Math.hypot(...parameter), LEAST_SIZE * Math.sqrt(parameter.length));
  const scale = (EQUAL_SHARE * size) / Math.hypot(...whole);
  const moving = whole.map((slope, at) => momentum * (velocity[at] ?? 0) + scale * slope);
  return { parameter: parameter.map((value, at) => value - rate * (moving[at] ?? 0)), velocity: moving };
}

/** All values of a net that trained on, and of another one that was given its values before it did the same. */
export async function continuedAndRestored(): Promise<readonly (readonly number[])[]> {
  const batch = goldenBatch(GOLDEN_SHAPE);
  const [original, restored] = [makeWeights(1), makeWeights(2)];
  train(original, batch, 2);
  train(restored, batch, 3);
  const maps = (weights: Weights) => [weights.parameters, weights.velocities, weights.running];
  for (const [nth, map] of maps(original).entries()) {
    const target = maps(restored)[nth];
    for (const [name, values] of await read(map)) {
      target?.set(name, tensor([...values], target.find(name)?.shape));
    }
  }
  const told: (readonly number[])[] = [];
  for (const weights of [original, restored]) {
    train(weights, batch, 2);
    const all = await Promise.all(maps(weights).map(read));
    told.push(all.flatMap((values) => [...values.values()].flat()));
    weights.dispose();
  }
  disposeBatch(batch);
  return told;
}
