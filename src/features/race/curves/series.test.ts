import { expect, test } from 'vitest';
import { type Experiment, nameLanes } from '../../../core/experiment/experiment.ts';
import { PRESETS } from '../../../core/experiment/presets.ts';
import { makeNet } from '../../../core/net/net.ts';
import { makeVgg } from '../../../core/net/zoo.ts';
import { emptyCurve, withPoints } from '../../lab/curve.ts';
import { liveSeries, seriesAt, seriesOf } from './series.ts';

const LANE = 'plain-32';
const curve = withPoints(emptyCurve(LANE), { lane: LANE, from: 0, errors: [70, 60], losses: [1, 1] });

function seriesIn(experiment: Experiment) {
  const lane = experiment.lanes.find(({ name }) => name === LANE) ?? expect.unreachable();
  return seriesOf(experiment, lane, curve);
}

const gains = (gain: number) => Array<number>(15).fill(gain);

test('a net is what its shortcuts are, and no kind at all once they were changed', () => {
  const { degradation } = PRESETS;
  const plain = seriesIn(degradation);
  expect(plain).toMatchObject({ family: 'plain', kind: 'plain', shortcuts: gains(0) });
  // Charts remember their work by the series.
  expect(seriesIn(degradation)).toBe(plain);
  const surgery = Array.from({ length: 15 }, (_, index) => ({ step: 1, lane: LANE, block: index + 1, gain: 1 }));
  expect(seriesIn({ ...degradation, surgery })).toMatchObject({
    kind: null,
    shortcuts: gains(1),
    changes: [{ step: 1, gains: gains(1) }],
  });
  expect(seriesIn({ ...degradation, surgery: surgery.slice(5) }).shortcuts).toEqual(gains(1).fill(0, 0, 5));
  const later = surgery.map((change) => ({ ...change, step: 50 }));
  expect(seriesIn({ ...degradation, surgery: later })).toMatchObject({
    kind: 'plain',
    shortcuts: gains(0),
    changes: undefined,
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

test('at an earlier step a net is what it was when it made it', () => {
  const { degradation } = PRESETS;
  const open = (step: number, block: number) => ({ step, lane: LANE, block, gain: 1 });
  const experiment = { ...degradation, surgery: [open(1, 1), open(3, 2), open(9, 3)] };
  const curves = new Map([[LANE, withPoints(curve, { lane: LANE, from: 2, errors: [50, 40], losses: [1, 1] })]]);
  const series = liveSeries(experiment, curves);
  expect(seriesAt(experiment, series, null)).toEqual(series);
  const at = (step: number) => {
    const [{ kind, shortcuts = [], changes = [] } = expect.unreachable()] = seriesAt(experiment, series, step);
    return [kind, shortcuts === 'concatenated' ? [] : shortcuts.slice(0, 3), changes.length];
  };
  expect([1, 2, 3, 4].map(at)).toEqual([
    ['plain', [0, 0, 0], 0],
    [null, [1, 0, 0], 1],
    [null, [1, 0, 0], 1],
    [null, [1, 1, 0], 2],
  ]);
  // The crosshair may stand at a mark that is still to come.
  expect(at(10)).toEqual([null, [1, 1, 0], 2]);
});

test('a branch is at no step what another net was before it', () => {
  const [before, net] = [makeNet('plain', 8), makeNet('plain', 14)];
  const lane = { name: 'plain-14', net, origin: { lane: 'plain-8', eras: [{ net: before, until: 2 }] } };
  const experiment = { ...PRESETS.degradation, lanes: [lane] };
  const grown = withPoints(emptyCurve(lane.name), { lane: lane.name, from: 0, errors: [9, 8, 7], losses: [1, 1, 1] });
  const series = liveSeries(experiment, new Map([[lane.name, grown]]));
  expect([1, 2, 3].flatMap((step) => seriesAt(experiment, series, step)).map(({ depth }) => depth)).toEqual([
    14, 14, 14,
  ]);
});
