import { describe, expect, test } from 'vitest';
import type { SlowRound, SlowStep } from '../../core/results/slow-round.ts';
import { FakeWorker, openedReport, TWO } from '../../testing/fake-worker.ts';
import { isKnown, momentsOf, placeAt, valuesOf } from './slow-moments.ts';
import { createSlowMotion } from './slow-motion.ts';
import { phaseText } from './view/SlowMotionPanel.tsx';

/** A step of a net of `blocks` blocks: place p gives out p + 1, and its weights have a gradient of norm 10 + p. */
function step(lane: string, blocks: number): SlowStep {
  const places = Array.from({ length: blocks + 2 }, (_, place) => place);
  const facts = (place: number) => ({ place, op: 'conv', output: `${place}`, relu: false }) as const;
  return {
    lane,
    step: 1,
    forward: places.flatMap((place) => [
      { ...facts(place), size: 0, gain: null },
      { ...facts(place), size: place + 1, gain: null },
    ]),
    answers: [],
    loss: 2,
    error: 75,
    backward: places.toReversed().map((place) => ({ ...facts(place), signal: 1, weights: 10 + place })),
    update: places.flatMap((place) => [
      { place, parameter: `${place} a`, before: 30, change: 0.3 },
      { place, parameter: `${place} b`, before: 40, change: 0.4 },
    ]),
  };
}

const ROUND: SlowRound = { images: [], steps: [step('plain-8', 1), step('ResNet-8', 3)] };

async function setUp() {
  const worker = new FakeWorker();
  await worker.open();
  const timers: (() => void)[] = [];
  const waits: number[] = [];
  const slow = createSlowMotion(worker.lab, {
    now: () => 0,
    later: (milliseconds, then) => {
      waits.push(milliseconds);
      timers.push(then);
    },
  });
  return {
    worker,
    slow,
    waits,
    make: async (play: boolean) => {
      const made = slow.make({ play });
      expect(worker.asked).toEqual([{ ask: 'slowRound' }]);
      worker.done({ type: 'slowRound', round: ROUND });
      await made;
    },
    tick: () => {
      for (const timer of timers.splice(0)) timer();
    },
    get state() {
      return slow.store.getState();
    },
  };
}

describe('the moments of a round', () => {
  const moments = momentsOf(ROUND);
  const [shallow = step('', 1), deep = step('', 1)] = ROUND.steps;

  test('are as many as the deepest net has places, forward and back, and one each for loss and update', () => {
    const phases = moments.map(({ phase }) => phase);
    expect(phases).toEqual([...Array(5).fill('forward'), 'loss', ...Array(5).fill('backward'), 'update']);
    expect(moments.map((moment) => placeAt(deep, moment))).toEqual([0, 1, 2, 3, 4, null, 4, 3, 2, 1, 0, null]);
    const none = [null, null, null];
    expect(moments.map((moment) => placeAt(shallow, moment))).toEqual([0, 1, 2, ...none, 2, 1, 0, ...none]);
  });

  test('know of each place what has been there', () => {
    const known = moments.map((moment) => [0, 1, 2].filter((place) => isKnown(shallow, place, moment)));
    expect(known.slice(0, 5)).toEqual([[0], [0, 1], [0, 1, 2], [0, 1, 2], [0, 1, 2]]);
    expect(known.slice(5)).toEqual([[], [2], [1, 2], [0, 1, 2], [0, 1, 2], [0, 1, 2], [0, 1, 2]]);
  });

  test('have one number a place: of the last value, of all weights, of what changed', () => {
    expect(valuesOf(shallow, 'forward')).toEqual([1, 2, 3]);
    expect(valuesOf(shallow, 'backward')).toEqual([10, 11, 12]);
    for (const share of valuesOf(shallow, 'update')) expect(share).toBeCloseTo(0.01, 10);
  });
});

describe('slow motion', () => {
  test('plays a round to its end, and again from its beginning', async () => {
    const motion = await setUp();
    await motion.make(true);
    for (let nth = 0; nth < 11; nth++) {
      expect([motion.state.at, motion.state.playing]).toEqual([nth, true]);
      motion.tick();
    }
    motion.tick();
    expect([motion.state.at, motion.state.playing]).toEqual([11, false]);
    motion.slow.play();
    expect([motion.state.at, motion.state.playing]).toEqual([0, true]);
  });

  test('stands still where it is paused, and at a moment that is chosen', async () => {
    const motion = await setUp();
    await motion.make(true);
    motion.tick();
    motion.slow.pause();
    motion.tick();
    expect(motion.state.at).toBe(1);
    motion.slow.seek(99);
    motion.tick();
    expect([motion.state.at, motion.state.playing]).toEqual([11, false]);
    motion.slow.seek(-1);
    expect(motion.state.at).toBe(0);
  });

  test('S8: stays at the loss for four moments, so that the answers can be read', async () => {
    const motion = await setUp();
    await motion.make(true);
    for (let nth = 0; nth < 6; nth++) motion.tick();
    expect(motion.state.moments[5]?.phase).toBe('loss');
    expect(motion.waits.slice(-2)).toEqual([2000, 500]);
  });

  test('goes on at another speed at once', async () => {
    const motion = await setUp();
    await motion.make(true);
    motion.slow.setPace(8);
    expect(motion.waits).toEqual([500, 125]);
    motion.tick();
    expect(motion.state.at).toBe(1);
  });

  test('does not play where it is not wanted to', async () => {
    const motion = await setUp();
    await motion.make(false);
    expect([motion.state.at, motion.state.playing, motion.waits]).toEqual([0, false, []]);
  });

  test('is over when another race is opened', async () => {
    const motion = await setUp();
    await motion.make(true);
    motion.worker.emit(openedReport(TWO));
    expect(motion.state.round).toBeNull();
    motion.tick();
    expect(motion.state).toMatchObject({ round: null, at: 0, playing: false });
  });

  test('shows the next round from its first moment, whatever was played of the one before while it was recorded', async () => {
    const motion = await setUp();
    await motion.make(true);
    const next: SlowRound = { ...ROUND, steps: [step('plain-8', 1)] };
    const made = motion.slow.make({ play: false });
    motion.slow.seek(3);
    motion.slow.play();
    motion.worker.done({ type: 'slowRound', round: next });
    await made;
    expect(motion.state).toMatchObject({ round: next, at: 0, playing: false, making: false });
    motion.tick();
    expect(motion.state.at).toBe(0);
  });

  test('records until the last recording is done, though an earlier one was closed', async () => {
    const motion = await setUp();
    const first = motion.slow.make({ play: false });
    motion.slow.close();
    const second = motion.slow.make({ play: false });
    motion.worker.done({ type: 'slowRound', round: ROUND });
    await first;
    expect(motion.state).toMatchObject({ round: null, making: true });
    motion.worker.done({ type: 'slowRound', round: ROUND });
    await second;
    expect(motion.state).toMatchObject({ round: ROUND, making: false });
  });

  test('makes no round where the worker cannot, and says so', async () => {
    const motion = await setUp();
    const made = motion.slow.make({ play: true });
    motion.worker.failed('Error', 'slow motion: no net can train');
    await expect(made).rejects.toThrow('no net can train');
    expect(motion.state).toMatchObject({ round: null, making: false });
    expect(motion.worker.state.notice?.message).toContain('no net can train');
  });
});

test('T19: the update names weight decay and momentum only where the recipe has them', () => {
  const text = (momentum: number, weightDecay: number) =>
    phaseText('update', { momentum, weightDecay })
      .map((part) => part.text)
      .join('');
  expect(text(0.9, 1e-4)).toContain('against its gradient, with momentum and weight decay.');
  expect(text(0.9, 0)).toContain('against its gradient, with momentum.');
  expect(text(0, 1e-4)).toContain('against its gradient, with weight decay.');
  expect(text(0, 0)).toContain('against its gradient. Bars');
});
