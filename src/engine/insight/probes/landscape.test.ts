import type { Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { PROBES } from '../../../features/insight/probes/probes.ts';
import { tinySubject } from '../../../testing/engine/insight/tiny-subject.ts';
import { RESIDUAL, runRounds, tinyExperiment, tinyRace } from '../../../testing/engine/tiny-race.ts';
import { startDevice } from '../../device/device.ts';
import { differentiate } from '../../graph/backward.ts';
import { disposeBatch, upload } from '../../training/device-batch.ts';
import { readTensors } from '../../weights/readback.ts';
import { AT_ONCE } from '../measurement.ts';
import type { Subject } from '../subject.ts';
import { probeLandscape } from './landscape.ts';
import { filterNormalised } from './landscape-plane.ts';

const DEFAULT = PROBES.landscape.defaults;
const ALL = { ...DEFAULT, images: 30 };

beforeAll(async () => {
  await startDevice('wasm');
});

/** Loss and error of the fixed training images, as a training step would find them. */
async function lossOf({ data, program, weights }: Subject): Promise<readonly number[]> {
  const batch = upload(data.training, data.size, data.classes);
  const { gradients, metrics } = differentiate(program, weights, batch);
  gradients.dispose();
  disposeBatch(batch);
  const values = [...(await metrics.data())];
  metrics.dispose();
  return values;
}

function valuesOf({ weights }: Subject): Promise<ReadonlyMap<string, Float32Array>> {
  return readTensors([...weights.parameters.entries()]);
}

test.each(['line', 'plane'] as const)('the middle of a %s is the loss as it stands, to the last bit', async (over) => {
  const subject = tinySubject(RESIDUAL, 6);
  const [loss, wrong = Number.NaN] = await lossOf(subject);
  const before = await valuesOf(subject);
  const { x, y, losses, errors } = await probeLandscape(subject, { ...ALL, over, points: 5 }, AT_ONCE, []);
  expect(x).toEqual([-1, -0.5, 0, 0.5, 1]);
  expect(y).toEqual(over === 'line' ? [0] : x);
  const middle = (losses.length - 1) / 2;
  expect(losses[middle]).toBe(loss);
  expect(errors[middle]).toBeCloseTo(100 * wrong, 4);
  expect(losses.every(Number.isFinite)).toBe(true);
  expect(Math.max(...losses)).toBeGreaterThan((loss ?? 0) + 0.1);
  expect(await valuesOf(subject)).toEqual(before);
  subject.weights.dispose();
});

test('a net that diverged has neither loss nor error', async () => {
  const surgery = [{ step: 1, lane: 'ResNet-8', block: 3, gain: 3e38 }];
  const race = tinyRace({ ...tinyExperiment([RESIDUAL]), surgery });
  await runRounds(race, 3);
  const found = await race.insight('ResNet-8').probe({ ...ALL, over: 'line', points: 3 }, AT_ONCE);
  if (found.name !== 'landscape') expect.fail();
  const { losses, errors, done } = found;
  expect([done, ...losses, ...errors]).toEqual([3, ...Array<number>(6).fill(Number.NaN)]);
  race.dispose();
});

test('parts hold more and more of the whole, the coarse grid first', async () => {
  const subject = tinySubject(RESIDUAL, 2);
  const parts: (readonly number[])[] = [];
  const onPart = ({ losses }: { readonly losses: Float32Array }) => parts.push([...losses]);
  const whole = await probeLandscape(subject, { ...ALL, points: 9 }, { ...AT_ONCE, onPart }, []);
  subject.weights.dispose();
  const measured = parts.map((part) => part.flatMap((loss, index) => (Number.isNaN(loss) ? [] : [index])));
  expect(measured[0]).toEqual([0, 8, 72, 80]);
  expect(measured[1]).toEqual([0, 4, 8, 36, 40, 44, 72, 76, 80]);
  expect(parts.at(-1)).toEqual([...whole.losses]);
  expect(whole.done).toBe(81);
});

test('a random direction has each filter as long as the filter’s weights, and nothing else', async () => {
  const subject = tinySubject(RESIDUAL, 3);
  const direction = filterNormalised(subject, 'a');
  const other = filterNormalised(subject, 'b');
  const names = [...direction.entries()].map(([name]) => name);
  expect(names).toContain('stem.conv.weight');
  expect(names).toContain('head.dense.weight');
  expect(names.filter((name) => !name.endsWith('.weight'))).toEqual([]);
  for (const [name, tensor] of direction.entries()) {
    const own: Tensor = subject.weights.parameters.find(name) ?? expect.fail();
    const [lengths, wanted] = await Promise.all([tensor, own].map(filterNorms));
    for (const [filter, length] of (lengths ?? []).entries()) expect(length).toBeCloseTo(wanted?.[filter] ?? -1, 4);
    expect([...(await tensor.data())]).not.toEqual([...((await other.find(name)?.data()) ?? [])]);
  }
  direction.dispose();
  other.dispose();
  subject.weights.dispose();
});

async function filterNorms(tensor: Tensor): Promise<readonly number[]> {
  const filters = tensor.shape.at(-1) ?? 0;
  const squares = Array<number>(filters).fill(0);
  (await tensor.data()).forEach((value, index) => {
    squares[index % filters] = (squares[index % filters] ?? 0) + value * value;
  });
  return squares.map(Math.sqrt);
}

test('the plane of a path goes through its checkpoints, and the losses there are theirs', async () => {
  const steps = [0, 5];
  const checkpoints = [];
  const losses: number[] = [];
  for (const step of steps) {
    const then = tinySubject(RESIDUAL, step);
    const values = await valuesOf(then);
    losses.push((await lossOf(then))[0] ?? Number.NaN);
    then.weights.dispose();
    checkpoints.push({ step, values: new Map([...values].map(([name, value]) => [`parameter ${name}`, value])) });
  }
  const now = tinySubject(RESIDUAL, 10);
  let turns = 0;
  const turnsAt: number[] = [];
  const turn = async () => {
    turns += 1;
  };
  const hooks = { turn, onPart: () => turnsAt.push(turns) };
  const found = await probeLandscape(now, { ...ALL, over: 'path', points: 33 }, hooks, checkpoints);
  now.weights.dispose();
  // Training goes on behind each checkpoint, before the first 8 points.
  expect(turnsAt[0]).toBe(steps.length + 7);
  // Two checkpoints and the net as it stands lie in one plane.
  expect((found.explained ?? [])[0]).toBeGreaterThan(0.5);
  expect((found.explained ?? []).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  expect(found.path.map(({ step }) => step)).toEqual(steps);
  found.path.forEach(({ x, y }, nth) => {
    const nearest = (axis: readonly number[], at: number) =>
      axis.reduce((best, value, index) => (Math.abs(value - at) < Math.abs((axis[best] ?? 0) - at) ? index : best), 0);
    const at = nearest(found.y, y) * found.x.length + nearest(found.x, x);
    expect(Math.abs((found.losses[at] ?? Number.NaN) - (losses[nth] ?? 0))).toBeLessThan(0.1);
  });
});

test('a path of one checkpoint has no plane', async () => {
  const subject = tinySubject(RESIDUAL, 1);
  const values = new Map([...(await valuesOf(subject))].map(([name, value]) => [`parameter ${name}`, value]));
  const asked = probeLandscape(subject, { ...ALL, over: 'path' }, AT_ONCE, [{ step: 1, values }]);
  await expect(asked).rejects.toThrow('path: 1 checkpoint spans no plane');
  subject.weights.dispose();
});
