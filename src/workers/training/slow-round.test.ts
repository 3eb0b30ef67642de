import { expect, test } from 'vitest';
import { EXPERIMENT, FOREVER, PLAIN, RESIDUAL, SessionHarness } from '../../testing/session-harness.ts';

test('a round in slow motion is told behind its progress, ends training, and is a round like any other', async () => {
  const ordinary = new SessionHarness();
  await ordinary.open();
  await ordinary.train(8);

  const harness = new SessionHarness();
  await harness.open();
  const slow = harness.after(3, () => harness.session.slowRound());
  await harness.train(FOREVER);
  await slow;
  expect(harness.types.slice(-3)).toEqual(['training', 'progress', 'slowRound']);
  const { round } = harness.last('slowRound');
  const { step } = harness.last('progress').race;
  expect(round.steps.map((each) => [each.lane, each.step])).toEqual([PLAIN, RESIDUAL].map((lane) => [lane, step]));
  for (const { lane, loss } of round.steps) expect(loss).toBe(harness.losses(lane).at(-1));
  await harness.train(Math.max(8, step));
  for (const lane of [PLAIN, RESIDUAL])
    expect(harness.losses(lane).slice(0, 8)).toEqual(ordinary.losses(lane).slice(0, 8));
});

test('where no net can train, there is a sentence', async () => {
  const harness = new SessionHarness();
  await harness.open({ ...EXPERIMENT, lanes: [] });
  await expect(harness.session.slowRound()).rejects.toThrow('slow motion: no net can train');
});
