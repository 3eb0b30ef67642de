import { expect, test } from 'vitest';
import { type Experiment, nameLanes } from '../../../core/experiment/experiment.ts';
import { PRESETS } from '../../../core/experiment/presets.ts';
import { makeNet } from '../../../core/net/net.ts';
import { makeVgg } from '../../../core/net/zoo.ts';
import { emptyCurve, withPoints } from '../curve.ts';
import { seriesOf } from './series.ts';

const LANE = 'plain-32';
const curve = withPoints(emptyCurve(LANE), { lane: LANE, from: 0, errors: [70, 60], losses: [1, 1] });

function seriesIn(experiment: Experiment) {
  const lane = experiment.lanes.find(({ name }) => name === LANE) ?? expect.unreachable();
  return seriesOf(experiment, lane, curve);
}

test('a net is what its shortcuts are, and no kind at all once they were changed', () => {
  const { degradation } = PRESETS;
  const plain = seriesIn(degradation);
  expect(plain).toMatchObject({ family: 'plain', kind: 'plain', shortcuts: 'none' });
  // Charts remember their work by the series.
  expect(seriesIn(degradation)).toBe(plain);
  const surgery = Array.from({ length: 15 }, (_, index) => ({ step: 1, lane: LANE, block: index + 1, gain: 1 }));
  expect(seriesIn({ ...degradation, surgery })).toMatchObject({ kind: null, shortcuts: 'all 15' });
  expect(seriesIn({ ...degradation, surgery })).toMatchObject({ changed: { step: 1, now: 'all on' } });
  expect(seriesIn({ ...degradation, surgery: surgery.slice(5) })).toMatchObject({ shortcuts: '10 of 15' });
  expect(seriesIn({ ...degradation, surgery: surgery.slice(5) }).changed?.now).toBe('10 of 15 on');
  const later = surgery.map((change) => ({ ...change, step: 50 }));
  expect(seriesIn({ ...degradation, surgery: later })).toMatchObject({
    kind: 'plain',
    shortcuts: 'none',
    changed: undefined,
  });
});

test('a net whose shortcuts have no gain is not plain, and not on the line of those that are', () => {
  const nets = [
    makeNet('residual', 20, { choices: { shortcut: { type: 'concat' } } }),
    makeNet('residual', 20, { choices: { shortcut: { type: 'dense', growth: 4 } } }),
    makeNet('plain', 20, { choices: { rep: true } }),
    makeNet('residual', 20, { choices: { rep: true } }),
    makeVgg(16),
  ];
  const kinds = nameLanes(nets).map((lane) => seriesOf(PRESETS.degradation, lane, emptyCurve(lane.name)).kind);
  expect(kinds).toEqual([null, null, null, 'residual', 'plain']);
});

test('only nets that started alike are of one group', () => {
  const { lanes } = PRESETS.degradation;
  const groups = [
    ...lanes,
    ...lanes.map((lane) => ({ ...lane, net: { ...lane.net, width: 4 } })),
    ...lanes.map((lane) => ({ ...lane, start: { file: 'x', hash: 'a'.repeat(64) } })),
  ].map((lane) => seriesOf(PRESETS.degradation, lane, emptyCurve(lane.name)).group);
  expect(new Set(groups).size).toBe(1 + 1 + 3);
});
