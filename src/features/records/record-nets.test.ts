import { expect, test } from 'vitest';
import { divergedSeeds } from '../../charts/series/seeds.ts';
import '../../language/speak-english.ts';
import { MADE_UP_RECORD as RECORD, recordedRun as run, UNTIL } from '../../testing/made-up-record.ts';
import { endText, recordedNets, stopAtOnce } from './record-nets.ts';

test('a record shows the nets that were trained to the end, each over the seeds that it has', () => {
  const nets = recordedNets(RECORD);
  expect(nets.map(({ lane, runs }) => [lane.name, runs.length])).toEqual([
    ['plain-8', 2],
    ['plain-56', 2],
    ['ResNet-8', 1],
    ['ResNet-56', 1],
  ]);
  const [first] = nets;
  expect(first?.trb).toMatchObject({ mean: 22, low: 20, high: 24 });
  expect(first?.series.seeds?.counted).toHaveLength(2);
  expect([first?.series.steps, first?.series.errors[0], first?.series.errors[UNTIL - 1]]).toEqual([UNTIL, 22, 22]);
});

test('a net that diverges late has no error at the end, whatever was measured before', () => {
  const late = { ...run('plain-56', 1, 30, 60), divergedAt: 61 };
  const [net] = recordedNets({ ...RECORD, runs: [late] });
  expect(net?.trb).toBeNull();
  expect(net && endText(net, net.trb)).toBe('diverged at step 61');
  const [several] = recordedNets({ ...RECORD, runs: [late, run('plain-56', 2, 30)] });
  expect(several && endText(several, several.trb)).toBe('1 of 2 diverged, at step 61');
});

test('a seed that diverged ends the curve of its net, whatever the others came to', () => {
  const late = { ...run('plain-56', 1, 30, 60), divergedAt: 61 };
  const runs = [late, run('plain-56', 2, 30), run('plain-56', 3, 40)];
  const [net] = recordedNets({ ...RECORD, runs, seeds: [1, 2, 3] });
  expect(net?.series).toMatchObject({ steps: 60, diverged: 61, seeds: { others: [] } });
  expect(net && divergedSeeds(net.series)).toEqual({ diverged: 1, seeds: 3 });
});

test('of seeds that diverge at different steps the first is told of, in the curve as in the table', () => {
  const gone = (steps: readonly number[]) => {
    const runs = steps.map((step, seed) => ({ ...run('plain-56', seed, 30, step - 1), divergedAt: step }));
    const [net] = recordedNets({ ...RECORD, runs });
    return net && [net.series.diverged, divergedSeeds(net.series), net.diverged];
  };
  const all = { diverged: 3, seeds: 3 };
  expect(gone([2, 3, 3])).toEqual([2, all, { seeds: 3, step: 2 }]);
  expect(gone([3, 1, 1])).toEqual([1, all, { seeds: 3, step: 1 }]);
});

test('only nets that stop with every seed at the beginning of a record cost nothing to train', () => {
  const gone = (lane: string, seed: number, divergedAt: number) => ({
    ...run(lane, seed, 30, divergedAt - 1),
    divergedAt,
  });
  const runs = [
    ...[gone('plain-8', 1, 2), gone('plain-8', 2, 10), gone('plain-20', 1, 2), gone('plain-20', 2, 500)],
    ...[gone('plain-56', 1, 2), run('plain-56', 2, 30, 1000), run('ResNet-8', 1, 30, 1000)],
  ];
  expect(stopAtOnce({ ...RECORD, experiment: { ...RECORD.experiment, until: 1000 }, runs })).toEqual([
    { name: 'plain-8', step: 10 },
  ]);
});
