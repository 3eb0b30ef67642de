import { memory, tensor1d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { sortedByStep } from '../../core/experiment/surgery.ts';
import type { BlockChoices } from '../../core/net/choices.ts';
import { hasFixedShortcuts, makeNet } from '../../core/net/net.ts';
import {
  addLane,
  ofLane,
  PLAIN,
  PROJECTED,
  RESIDUAL,
  ROOMY,
  runRounds,
  tinyData,
  tinyExperiment,
  tinyRace,
} from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { readTensors } from '../weights/readback.ts';
import { Race } from './race.ts';

/** The experiment with surgery before the snapshot, at it, and behind it, on each net whose shortcuts have gains. */
function withSurgery(experiment: Experiment): Experiment {
  const cuttable = experiment.lanes.filter(({ net }) => !hasFixedShortcuts(net));
  const surgery = cuttable.flatMap(({ name: lane }) => [
    { step: 3, lane, block: 2, gain: 0 },
    { step: 10, lane, block: 1, gain: 0.5 },
    { step: 18, lane, block: 2, gain: 1 },
  ]);
  return { ...experiment, surgery: sortedByStep(surgery) };
}

const residual = (choices: BlockChoices) => makeNet('residual', 8, { width: 4, choices });

/** Nets with a part each that others lack: what is drawn in each step, other norms, shortcuts and branches. */
const CHOSEN = [
  residual({ drop: 0.5, norm: { type: 'group', groups: 2 } }),
  residual({ shortcut: { type: 'dropout', rate: 0.5 } }),
  residual({ shortcut: { type: 'highway', bias: -2 } }),
  residual({ shortcut: { type: 'dense', growth: 3 } }),
  residual({ rep: true }),
];

function restore(race: Race, snapshot: Awaited<ReturnType<Race['snapshot']>>): Race {
  return new Race(race.experiment, tinyData(), ROOMY, snapshot);
}

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await startDevice(backend);
  });

  test('a race goes on from a snapshot with the curve that it would have had, to the last bit', async () => {
    // Plain JavaScript is slow.
    const nets = backend === 'cpu' ? [PROJECTED] : [PLAIN, PROJECTED, ...CHOSEN];
    const race = tinyRace(withSurgery(tinyExperiment(nets)));
    await runRounds(race, 10);
    // It is read while the race goes on.
    const reading = race.snapshot();
    const expected = await runRounds(race, 16);
    const snapshot = await reading;
    race.dispose();
    const again = restore(race, snapshot);
    expect(again.step).toBe(10);
    expect(await runRounds(again, 16)).toEqual(expected);
    expect(expected.points.map(({ from, losses }) => [from, losses.length])).toEqual(nets.map(() => [10, 16]));
    expect(expected.tests).toHaveLength(nets.length);
    // And so it does a second time.
    again.dispose();
    const third = restore(race, snapshot);
    expect(await runRounds(third, 16)).toEqual(expected);
    third.dispose();
  });
});

describe('a snapshot', () => {
  beforeAll(async () => {
    await startDevice('wasm');
  });

  test('leaves a lane that came later at step 0, where it catches up', async () => {
    const race = tinyRace(tinyExperiment([PLAIN]));
    await runRounds(race, 4);
    const snapshot = await race.snapshot();
    addLane(race, { name: 'late', net: PROJECTED });
    const late = ofLane(await runRounds(race, 4), 'late');
    const again = restore(race, snapshot);
    expect([...again.begun]).toEqual([
      ['plain-8', 4],
      ['late', 0],
    ]);
    expect(ofLane(await runRounds(again, 4), 'late')).toEqual(late);
    race.dispose();
    again.dispose();
  });

  test('remembers a lane that diverged', async () => {
    const blown = [{ step: 2, lane: 'ResNet-8', block: 3, gain: 3e38 }];
    const race = tinyRace({ ...tinyExperiment([PLAIN, RESIDUAL]), surgery: blown });
    const { diverged } = await runRounds(race, 3);
    expect(diverged.map(({ lane }) => lane)).toEqual(['ResNet-8']);
    const again = restore(race, await race.snapshot());
    const { points } = await runRounds(again, 2);
    expect(points.map(({ lane, from }) => [lane, from])).toEqual([['plain-8', 3]]);
    race.dispose();
    again.dispose();
  });

  test('of another net is refused by the name of what does not fit', async () => {
    const race = tinyRace(tinyExperiment([PLAIN]));
    await runRounds(race, 1);
    const snapshot = await race.snapshot();
    race.dispose();
    const wider = tinyExperiment([makeNet('plain', 8, { width: 3 })]);
    expect(() => new Race(wider, tinyData(), ROOMY, snapshot)).toThrow(
      'snapshot: it is not of plain-8, but of plain-8',
    );
  });

  test('holds no tensor when it is read', async () => {
    const race = tinyRace(tinyExperiment([PLAIN]));
    await runRounds(race, 1);
    const { numTensors } = memory();
    await race.snapshot();
    expect(memory().numTensors).toBe(numTensors);
    race.dispose();
  });
});

test('values are those of the call, in whatever groups they are read', async () => {
  await startDevice('wasm');
  const large = tensor1d(new Float32Array(3 * 2 ** 20).fill(2));
  const [first, last] = [tensor1d([1, -1]), tensor1d([3])];
  const reading = readTensors([
    ['first', first],
    ['large', large],
    ['larger', large],
    ['last', last],
  ]);
  for (const tensor of [first, large, last]) tensor.dispose();
  const values = await reading;
  expect([...values.keys()]).toEqual(['first', 'large', 'larger', 'last']);
  expect(values.get('first')).toEqual(new Float32Array([1, -1]));
  expect(values.get('last')).toEqual(new Float32Array([3]));
  for (const name of ['large', 'larger']) {
    expect(values.get(name)?.length).toBe(3 * 2 ** 20);
    expect(values.get(name)?.every((value) => value === 2)).toBe(true);
  }
});
