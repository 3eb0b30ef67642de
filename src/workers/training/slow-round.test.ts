import { expect, test } from 'vitest';
import { Desk, EXPERIMENT, FOREVER, PLAIN, RESIDUAL } from '../../testing/desk.ts';

test('a round in slow motion is told behind its progress, ends training, and is a round like any other', async () => {
  const ordinary = new Desk();
  await ordinary.open();
  await ordinary.train(8);

  const desk = new Desk();
  await desk.open();
  const slow = desk.after(3, () => desk.session.slowRound());
  await desk.train(FOREVER);
  await slow;
  expect(desk.told.slice(-3)).toEqual(['training', 'progress', 'slowRound']);
  const { round } = desk.last('slowRound');
  const { step } = desk.last('progress').race;
  expect(round.steps.map((each) => [each.lane, each.step])).toEqual([PLAIN, RESIDUAL].map((lane) => [lane, step]));
  for (const { lane, loss } of round.steps) expect(loss).toBe(desk.losses(lane).at(-1));
  await desk.train(Math.max(8, step));
  for (const lane of [PLAIN, RESIDUAL])
    expect(desk.losses(lane).slice(0, 8)).toEqual(ordinary.losses(lane).slice(0, 8));
});

test('where no net can train, there is a sentence', async () => {
  const desk = new Desk();
  await desk.open({ ...EXPERIMENT, lanes: [] });
  await expect(desk.session.slowRound()).rejects.toThrow('slow motion: no net can train');
});
