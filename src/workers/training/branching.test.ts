import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nameLanes } from '../../core/experiment/experiment.ts';
import { parseExperiment } from '../../core/experiment/parse/parse.ts';
import { makeNet } from '../../core/net/net.ts';
import { PROBES } from '../../features/insight/probes/probes.ts';
import { EXPERIMENT, PLAIN, RESIDUAL, SessionHarness } from '../../testing/session-harness.ts';

/** Past the first two checkpoints. */
const FAR = 55;
const FORK = 'ResNet-8 (2)';

let untouched: readonly number[] = [];
let harness: SessionHarness;

beforeAll(async () => {
  const alone = new SessionHarness();
  await alone.open();
  await alone.train(FAR);
  untouched = alone.losses(RESIDUAL);
});

beforeEach(async () => {
  harness = new SessionHarness();
  await harness.open();
});

/** A lane's losses from `step` on, told after the report number `since`. */
function lossesSince(since: number, lane: string): ReadonlyMap<number, number> {
  const told = new Map<number, number>();
  for (const report of harness.reports.slice(since)) {
    if (report.type !== 'progress') continue;
    for (const { lane: name, from, losses } of report.race.points) {
      if (name === lane) for (const [nth, loss] of losses.entries()) told.set(from + nth, loss);
    }
  }
  return told;
}

describe('a branch in the middle of training', () => {
  test('is told, and has the curve of its parent to the last bit', async () => {
    const branched = harness.after(5, () => harness.session.branch({ lane: RESIDUAL, kind: 'copy' }));
    await harness.train(FAR);
    await branched;
    await harness.train(FAR);
    const { experiment, begun } = harness.last('changed');
    expect(experiment.lanes.map(({ name }) => name)).toEqual([PLAIN, RESIDUAL, FORK]);
    const step = experiment.lanes[2]?.origin?.eras[0]?.until ?? expect.fail('no origin');
    expect(begun.get(FORK)).toBe(step);
    const fork = lossesSince(0, FORK);
    expect([...fork.keys()]).toEqual(Array.from({ length: FAR - step }, (_, nth) => step + nth));
    for (const [at, loss] of fork) expect(loss).toBe(untouched[at]);
    expect(harness.losses(RESIDUAL)).toEqual(untouched);
  });

  test('that grows is a deeper net from there on', async () => {
    await harness.train(5);
    await harness.session.branch({ lane: PLAIN, kind: 'grown' });
    await harness.train(7);
    const grown = harness.last('changed').experiment.lanes[2] ?? expect.fail('no lane');
    expect(grown).toMatchObject({ name: 'plain-14', net: { depth: 14 }, origin: { eras: [{ until: 5 }] } });
    expect(lossesSince(0, 'plain-14').get(5)).toBe(harness.losses(PLAIN)[5]);
  });

  test('is refused where it would fold or grow a net twice at one step; a step later it is one that opens again', async () => {
    const lanes = nameLanes([makeNet('residual', 8, { width: 2, choices: { rep: true } })]);
    await harness.open({ ...EXPERIMENT, lanes });
    await harness.train(3);
    await harness.session.branch({ lane: lanes[0]?.name ?? '', kind: 'folded' });
    const growing = harness.session.branch({ lane: RESIDUAL, kind: 'grown' });
    await expect(growing).rejects.toMatchObject({ name: 'BranchError', sentence: { key: 'errors.branch.sameStep' } });
    await harness.train(4);
    await harness.session.branch({ lane: RESIDUAL, kind: 'grown' });
    const { experiment } = harness.last('changed');
    expect(experiment.lanes.map(({ net }) => net.depth)).toEqual([8, 8, 14]);
    const again = harness.session.branch({ lane: experiment.lanes[2]?.name ?? '', kind: 'grown' });
    await expect(again).rejects.toMatchObject({ name: 'BranchError', sentence: { key: 'errors.branch.sameStep' } });
    expect(parseExperiment(experiment)).toEqual(experiment);
  });

  test('of a net that is trained again up to its growth has grown, too', async () => {
    await harness.train(3);
    await harness.session.branch({ lane: RESIDUAL, kind: 'grown' });
    await harness.open(harness.last('changed').experiment);
    await harness.train(3);
    await harness.session.branch({ lane: 'ResNet-14', kind: 'copy' });
    const { experiment } = harness.last('changed');
    expect(parseExperiment(experiment)).toEqual(experiment);
    await harness.train(5);
    const [branch, whole] = [lossesSince(0, 'ResNet-14 (2)'), harness.losses('ResNet-14')];
    expect([...branch]).toEqual(whole.flatMap((loss, step) => (step < 3 ? [] : [[step, loss]])));
  });
});

describe('at rest on the step of a planned change a net', () => {
  const probe = (lane: string) => harness.find({ about: 'probe', lane, request: PROBES.gradients.defaults });

  test('is cut already', async () => {
    await harness.train(3);
    await harness.session.setGains({ lane: RESIDUAL, gains: [{ block: 1, gain: 0 }] });
    const cut = await probe(RESIDUAL);
    await harness.open(harness.last('changed').experiment);
    await harness.train(3);
    expect(await probe(RESIDUAL)).toEqual(cut);
  });

  test('is grown already, and so is its snapshot; one of before it grew is grown when it is opened', async () => {
    await harness.train(3);
    const smaller = harness.copies.at(-1)?.snapshot.get(RESIDUAL) ?? expect.fail('no snapshot');
    await harness.session.branch({ lane: RESIDUAL, kind: 'grown' });
    const grown = await probe('ResNet-14');
    const { experiment } = harness.last('changed');
    await harness.open(experiment);
    await harness.train(3);
    expect(await probe('ResNet-14')).toEqual(grown);
    expect(harness.copies.at(-1)?.snapshot.get('ResNet-14')?.net.depth).toBe(14);
    await harness.train(5);
    const whole = harness.losses('ResNet-14');
    await harness.session.open({ experiment, backend: 'wasm', from: new Map([['ResNet-14', smaller]]) });
    expect(await probe('ResNet-14')).toEqual(grown);
    const since = harness.reports.length;
    await harness.train(5);
    expect([...lossesSince(since, 'ResNet-14').values()]).toEqual(whole.slice(3));
  });
});

describe('rewinding', () => {
  test('goes back to a checkpoint that was told, and from there to the same curve', async () => {
    await harness.train(FAR);
    const [first = expect.fail('no checkpoint')] = harness.kept.get(RESIDUAL) ?? [];
    const since = harness.reports.length;
    await harness.session.rewind({ lane: RESIDUAL, step: first + 1 });
    expect(harness.last('changed').begun).toEqual(
      new Map([
        [PLAIN, FAR],
        [RESIDUAL, first],
      ]),
    );
    expect(harness.kept.get(RESIDUAL)).toEqual([first]);
    await harness.train(FAR);
    expect([...lossesSince(since, RESIDUAL)]).toEqual(
      untouched.flatMap((loss, step) => (step < first ? [] : [[step, loss]])),
    );
    expect(lossesSince(since, PLAIN).size).toBe(0);
  });

  test('of a branch goes back to step 0, too, and from there to the same curve', async () => {
    await harness.train(3);
    await harness.session.branch({ lane: RESIDUAL, kind: 'grown' });
    await harness.train(5);
    const grown = [...lossesSince(0, 'ResNet-14').values()];
    const since = harness.reports.length;
    await harness.session.rewind({ lane: 'ResNet-14', step: 0 });
    expect(harness.last('changed').begun.get('ResNet-14')).toBe(0);
    await harness.train(5);
    expect([...lossesSince(since, 'ResNet-14').values()]).toEqual([...untouched.slice(0, 3), ...grown]);
  });

  test('that is refused changes nothing', async () => {
    await harness.train(30);
    const from = harness.copies.at(-1)?.snapshot ?? expect.fail('no snapshot');
    const start = { file: 'gone.safetensors', hash: '0'.repeat(64) };
    const lanes = EXPERIMENT.lanes.map((lane) => ({ ...lane, start }));
    const experiment = { ...EXPERIMENT, lanes, surgery: [{ step: 40, lane: RESIDUAL, block: 1, gain: 0 }] };
    await harness.session.open({ experiment, backend: 'wasm', from });
    const rewound = harness.session.rewind({ lane: RESIDUAL, step: 0 });
    await expect(rewound).rejects.toThrow('gone.safetensors');
    expect(harness.kept.get(RESIDUAL)).toEqual([30]);
    const since = harness.reports.length;
    await harness.train(40);
    expect([...lossesSince(since, RESIDUAL).values()]).toEqual(untouched.slice(30, 40));
    await harness.session.setGains({ lane: PLAIN, gains: [] });
    expect(harness.last('changed').experiment).toEqual(experiment);
    expect(harness.copies.at(-1)?.snapshot.get(RESIDUAL)?.steps).toBe(40);
  });

  test('to the present step, while training begins, leaves the curve as it is', async () => {
    await harness.train(30);
    const trained = harness.train(FAR);
    await harness.session.rewind({ lane: RESIDUAL, step: 30 });
    await trained;
    expect([...lossesSince(0, RESIDUAL).values()]).toEqual(untouched);
  });

  test('in the middle of training tells no step of what was undone', async () => {
    const back = harness.after(30, () => harness.session.rewind({ lane: RESIDUAL, step: 0 }));
    await harness.train(FAR);
    await back;
    const since = harness.reports.findLastIndex(({ type }) => type === 'changed');
    await harness.train(FAR);
    const again = lossesSince(since, RESIDUAL);
    expect([...again.keys()]).toEqual(untouched.map((_, step) => step));
    expect([...again.values()]).toEqual(untouched);
  });
});
