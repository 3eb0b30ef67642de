import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  addLane,
  PLAIN,
  RESIDUAL,
  ROOMY,
  runRounds,
  tinyData,
  tinyExperiment,
  tinyRace,
} from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { Race } from './race.ts';
import { type Control, type Progress, type Trainable, train } from './train.ts';

const TWO = tinyExperiment([PLAIN, RESIDUAL]);
const unhindered = (until: number): Control => ({ until, paused: false, maxRoundsPerSecond: null });

beforeAll(async () => {
  await startDevice('wasm');
});
afterEach(() => {
  vi.useRealTimers();
});

async function collect(progress: AsyncIterable<Progress>): Promise<readonly Progress[]> {
  const all: Progress[] = [];
  for await (const each of progress) all.push(each);
  return all;
}

function lossesOf(told: readonly Progress[], lane: string): readonly number[] {
  const points = told.flatMap(({ race }) => race.points.filter((each) => each.lane === lane));
  return points.flatMap(({ losses }) => losses);
}

/** A race that does something when the batch of a step is asked for: in the middle of a round. */
function raceThatCalls(atStep: number, call: () => void): Race {
  const data = tinyData();
  const batch = (step: number) => {
    if (step === atStep) call();
    return data.batch(step);
  };
  return new Race(TWO, { ...data, batch }, ROOMY);
}

describe('training', () => {
  test('stops at `until`, and has told every step by then', async () => {
    const race = tinyRace(TWO);
    const told = await collect(train(race, unhindered(12)));
    expect(race.leastSteps).toBe(12);
    expect(told.at(-1)?.race.step).toBe(12);
    const reference = tinyRace(TWO);
    const { points } = await runRounds(reference, 12);
    for (const { lane, losses } of points) expect(lossesOf(told, lane)).toEqual(losses);

    expect(await collect(train(race, unhindered(12)))).toEqual([]);
    await collect(train(race, unhindered(15)));
    expect(race.leastSteps).toBe(15);
    race.dispose();
    reference.dispose();
  });

  test('goes on for a lane that is behind, and ends where no lane is left', async () => {
    const race = tinyRace(tinyExperiment([PLAIN]));
    await collect(train(race, unhindered(6)));
    addLane(race, { name: 'late', net: RESIDUAL });
    const told = await collect(train(race, unhindered(6)));
    expect(lossesOf(told, 'late')).toHaveLength(6);
    race.removeLane('late');
    race.removeLane('plain-8');
    expect(await collect(train(race, unhindered(9)))).toEqual([]);
    race.dispose();
  });

  test('ends where every lane has diverged', async () => {
    const race = tinyRace(tinyExperiment([PLAIN], { learningRate: 1e30 }));
    const told = await collect(train(race, unhindered(1000)));
    expect(told.flatMap(({ race: { diverged } }) => diverged).map(({ lane }) => lane)).toEqual(['plain-8']);
    race.dispose();
  });

  test('tells nothing more where every lane has diverged: none is left to be asked', async () => {
    let leastSteps = 0;
    const race: Trainable = {
      get leastSteps() {
        return leastSteps;
      },
      round: () => {},
      answerBatch: () => expect.unreachable(),
      report: async () => {
        leastSteps = Number.POSITIVE_INFINITY;
        return { step: 1, points: [], tests: [], predictions: [], diverged: [{ lane: 'plain-8', step: 1 }] };
      },
    };
    expect(await collect(train(race, { ...unhindered(1000), batch: 'last' }))).toHaveLength(1);
  });

  test('does not begin while it is paused', async () => {
    const race = tinyRace(TWO);
    expect(await collect(train(race, { ...unhindered(5), paused: true }))).toEqual([]);
    expect(race.step).toBe(0);
    race.dispose();
  });

  test('ends with the round in which it is paused, and tells that round', async () => {
    const control = unhindered(100);
    const race = raceThatCalls(4, () => {
      control.paused = true;
    });
    const told = await collect(train(race, control));
    expect(race.step).toBe(5);
    expect(lossesOf(told, 'plain-8')).toHaveLength(5);
    race.dispose();
  });

  test('goes to an end that is moved meanwhile, even during its last report', async () => {
    const race = tinyRace(TWO);
    const control = unhindered(3);
    for await (const { race: report } of train(race, control)) if (report.step === 3) control.until = 5;
    expect(race.leastSteps).toBe(5);
    race.dispose();
  });

  test('that is paused right behind a report ends with answers, and asks for them once', async () => {
    const race = tinyRace(TWO);
    const control: Control = { ...unhindered(100), batch: 'last' };
    const answered: (number | undefined)[] = [];
    for await (const { race: report } of train(race, control)) {
      answered.push(report.batch?.step);
      control.paused = true;
    }
    expect(answered).toEqual([undefined, 0]);
    Object.assign(control, unhindered(2));
    expect((await collect(train(race, control))).map(({ race: report }) => report.batch?.step)).toEqual([1]);
    race.dispose();
  });

  test('hears a message that comes in during a round before another round is over', async () => {
    const control = unhindered(1000);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      control.paused = true;
      port1.close();
    };
    const race = raceThatCalls(4, () => port2.postMessage('pause'));
    await collect(train(race, control));
    expect(race.step).toBeGreaterThanOrEqual(5);
    expect(race.step).toBeLessThanOrEqual(6);
    race.dispose();
  });
});

/** Lets the time pass that only the test moves, until `done`; gives how long that took, in milliseconds. */
async function passTime(done: () => boolean): Promise<number> {
  const begun = performance.now();
  while (!done()) await vi.advanceTimersByTimeAsync(10);
  return performance.now() - begun;
}

describe('a share of the time', () => {
  /** A race whose rounds take 100 ms of the time that the test moves. */
  class TimedRace {
    leastSteps = 0;
    async round() {
      await new Promise((resolve) => setTimeout(resolve, 100));
      this.leastSteps += 1;
    }
    answerBatch() {}
    async report() {
      return { step: this.leastSteps, points: [], tests: [], predictions: [], diverged: [] };
    }
  }

  /** Trains 5 rounds, and changes the share when the third is told. */
  async function fiveRounds(first: number, then: number): Promise<number> {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    const race = new TimedRace();
    const control: Control = { ...unhindered(5), dutyCycle: first };
    let ended = false;
    const training = (async () => {
      for await (const { race: report } of train(race, control)) if (report.step === 3) control.dutyCycle = then;
      ended = true;
    })();
    const took = await passTime(() => ended);
    await training;
    return took;
  }

  test('has it rest after each round in proportion, and never stand still', async () => {
    const took = await fiveRounds(0.1, 0.1);
    expect(took).toBeGreaterThanOrEqual(5000);
    expect(took).toBeLessThan(6000);
  });

  test('takes effect at once, also while it rests', async () => {
    expect(await fiveRounds(0.001, 1)).toBeLessThan(2 * 100_000 + 1000);
  });
});

describe('a limit of rounds per second', () => {
  test('holds the rounds back, and each is told when it is done, however fast the rounds before were', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    const race = tinyRace(TWO);
    const control = unhindered(4);
    const progress = train(race, control);
    const steps: number[] = [];
    let ended = false;
    const training = (async () => {
      for await (const { race: report } of progress) {
        steps.push(report.step);
        // The first round took no time by this clock.
        control.maxRoundsPerSecond = 2;
      }
      ended = true;
    })();
    expect(await passTime(() => ended)).toBeGreaterThanOrEqual(1500);
    await training;
    expect(steps).toEqual([1, 2, 3, 4]);
    race.dispose();
  });

  test('does not hold a pause back', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    const race = tinyRace(TWO);
    const control: Control = { ...unhindered(4), maxRoundsPerSecond: 1e-3 };
    let ended = false;
    const training = collect(train(race, control)).then(() => {
      ended = true;
    });
    await passTime(() => race.step === 1);
    control.paused = true;
    expect(await passTime(() => ended)).toBeLessThan(1e6);
    await training;
    expect(race.step).toBe(1);
    race.dispose();
  });
});
