import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Desk, PLAIN, RESIDUAL } from '../../testing/desk.ts';

/** Past the first two checkpoints. */
const FAR = 55;
const FORK = 'ResNet-8 (2)';

let untouched: readonly number[] = [];
let desk: Desk;

beforeAll(async () => {
  const alone = new Desk();
  await alone.open();
  await alone.train(FAR);
  untouched = alone.losses(RESIDUAL);
});

beforeEach(async () => {
  desk = new Desk();
  await desk.open();
});

/** A lane's losses from `step` on, told after the report number `since`. */
function lossesSince(since: number, lane: string): ReadonlyMap<number, number> {
  const told = new Map<number, number>();
  for (const report of desk.reports.slice(since)) {
    if (report.tell !== 'progress') continue;
    for (const { lane: name, from, losses } of report.race.points) {
      if (name === lane) for (const [nth, loss] of losses.entries()) told.set(from + nth, loss);
    }
  }
  return told;
}

describe('a branch in the middle of training', () => {
  test('is told, and has the curve of its parent to the last bit', async () => {
    const branched = desk.after(5, () => desk.session.branch({ lane: RESIDUAL, grow: false }));
    await desk.train(FAR);
    await branched;
    await desk.train(FAR);
    const { experiment, begun } = desk.last('changed');
    expect(experiment.lanes.map(({ name }) => name)).toEqual([PLAIN, RESIDUAL, FORK]);
    const step = experiment.lanes[2]?.origin?.eras[0]?.until ?? expect.fail('no origin');
    expect(begun.get(FORK)).toBe(step);
    const fork = lossesSince(0, FORK);
    expect([...fork.keys()]).toEqual(Array.from({ length: FAR - step }, (_, nth) => step + nth));
    for (const [at, loss] of fork) expect(loss).toBe(untouched[at]);
    expect(desk.losses(RESIDUAL)).toEqual(untouched);
  });

  test('that grows is a deeper net from there on', async () => {
    await desk.train(5);
    await desk.session.branch({ lane: PLAIN, grow: true });
    await desk.train(7);
    const grown = desk.last('changed').experiment.lanes[2] ?? expect.fail('no lane');
    expect(grown).toMatchObject({ name: 'plain-14', net: { depth: 14 }, origin: { eras: [{ until: 5 }] } });
    expect(lossesSince(0, 'plain-14').get(5)).toBe(desk.losses(PLAIN)[5]);
  });
});

describe('rewinding', () => {
  test('goes back to a checkpoint that was told, and from there to the same curve', async () => {
    await desk.train(FAR);
    const [first = expect.fail('no checkpoint')] = desk.kept.get(RESIDUAL) ?? [];
    const since = desk.reports.length;
    await desk.session.rewind({ lane: RESIDUAL, step: first + 1 });
    expect(desk.last('changed').begun).toEqual(
      new Map([
        [PLAIN, FAR],
        [RESIDUAL, first],
      ]),
    );
    expect(desk.kept.get(RESIDUAL)).toEqual([first]);
    await desk.train(FAR);
    expect([...lossesSince(since, RESIDUAL)]).toEqual(
      untouched.flatMap((loss, step) => (step < first ? [] : [[step, loss]])),
    );
    expect(lossesSince(since, PLAIN).size).toBe(0);
  });

  test('in the middle of training tells no step of what was undone', async () => {
    const back = desk.after(30, () => desk.session.rewind({ lane: RESIDUAL, step: 0 }));
    await desk.train(FAR);
    await back;
    const since = desk.reports.findLastIndex(({ tell }) => tell === 'changed');
    await desk.train(FAR);
    const again = lossesSince(since, RESIDUAL);
    expect([...again.keys()]).toEqual(untouched.map((_, step) => step));
    expect([...again.values()]).toEqual(untouched);
  });
});
