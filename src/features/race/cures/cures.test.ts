import { expect, test } from 'vitest';
import type { Series } from '../../../charts/series/series.ts';
import { nameLanes } from '../../../core/experiment/experiment.ts';
import { PRESETS } from '../../../core/experiment/presets.ts';
import { makeNet, type NetSpec } from '../../../core/net/net.ts';
import { makeVgg } from '../../../core/net/zoo.ts';
import { en } from '../../../language/en/catalog.ts';
import { speak } from '../../../language/say.ts';
import '../../../language/speak-english.ts';
import { zh } from '../../../language/zh/catalog.ts';
import { dotsText } from './CureDots.tsx';
import { ideaOf, resultText } from './CureList.tsx';
import { cureStory } from './cure-story.ts';
import { cureRows, cureVerdict, sortedByError, wallsOf, wirelessCure } from './cures.ts';
import { recordedText } from './RecordedCures.tsx';

const identity = makeNet('plain', 8, { choices: { start: { type: 'identity', share: 0.1 } } });
const lanes = nameLanes([
  makeNet('plain', 8),
  identity,
  makeNet('plain', 8, { choices: { shift: 2 } }),
  makeNet('residual', 8, { choices: { norm: { type: 'none' } } }),
  makeNet('residual', 8),
]);
const experiment = { lanes, surgery: [], until: 40 };
const walls = { plain: 'plain-8', residual: 'ResNet-8' };

const one = (name: string, error: number, more: Partial<Series> = {}): Series => ({
  ...{ id: name, name, family: 'plain', lightness: 0, depth: 8, tests: [], steps: 40 },
  errors: Array.from({ length: 40 }, () => error),
  ...more,
});
const seeded = (name: string, errors: readonly number[], more: Partial<Series> = {}): Series =>
  one(name, 0, { seeds: { counted: errors.map((error) => one(name, error, more)), others: [] } });

const series = [
  seeded('plain-8', [60, 55, 50]),
  seeded('plain-8, identity start', [33, 31, 32]),
  seeded('plain-8, norm shift 2', [42, 44, 40]),
  seeded('ResNet-8, no norm', [70, 70, 70], { diverged: 2 }),
  seeded('ResNet-8', [30, 34, 32]),
];

test('the walls are the twins of the paper, where others of their depth are raced with them', () => {
  expect(wallsOf(experiment)).toEqual(walls);
  expect(wallsOf({ ...experiment, lanes: lanes.slice(1) })).toBeNull();
  expect(wallsOf(PRESETS.degradation)).toBeNull();
  expect(wallsOf(PRESETS.sweep)).toBeNull();
});

test('of the presets only the cures are drawn as dots', () => {
  const drawn = Object.entries(PRESETS).filter(([, preset]) => wallsOf(preset) !== null);
  expect(drawn.map(([name]) => name)).toEqual(['cures']);
});

test('what has no gain above 0, concatenates nothing and has no branches of RepVGG has no wire', () => {
  const others = [
    { ...makeNet('residual', 8), gains: [0, 0, 0] },
    makeNet('residual', 8, { choices: { shortcut: { type: 'concat' } } }),
    makeNet('residual', 8, { choices: { shortcut: { type: 'dense', growth: 4 } } }),
    makeNet('plain', 8, { choices: { rep: true } }),
  ].map((net, nth) => ({ name: `${nth}`, net }));
  const rows = cureRows(
    { lanes: others, surgery: [], until: 40 },
    others.map(({ name }) => one(name, 50)),
    walls,
  );
  expect(rows.map(({ hasWire }) => hasWire)).toEqual([false, true, true, true]);
});

test('rows have the range over the seeds, and are sorted by error with what diverged last', () => {
  const rows = cureRows(experiment, series, walls);
  expect(rows.map(({ name }) => name)).toEqual(lanes.map(({ name }) => name));
  expect(rows[0]).toMatchObject({ mean: 55, low: 50, high: 60, hasWire: false, isWall: true, divergedAt: null });
  expect(rows[3]).toMatchObject({ mean: null, hasWire: true, divergedAt: 2, seeds: 3 });
  expect(sortedByError(rows).map(({ mean }) => mean)).toEqual([32, 32, 42, 55, null]);
});

test('with three seeds it is said where a net is between the walls', () => {
  const rows = cureRows(experiment, series, walls);
  const verdicts = rows.map((row) => cureVerdict(row, rows, walls));
  expect(verdicts).toEqual([null, 'reaches', 'helps', 'diverged', null]);
  expect(wirelessCure(rows, walls)?.name).toBe('plain-8, identity start');
});

test('below three seeds no cure is called one, nor where the walls overlap', () => {
  const two = series.map((each) =>
    seeded(
      each.name,
      [...(each.seeds?.counted ?? [])].slice(1).map(({ errors }) => errors[0] ?? 0),
    ),
  );
  const rows = cureRows(experiment, two, walls);
  expect(rows.map((row) => cureVerdict(row, rows, walls))).toEqual([null, null, null, null, null]);
  expect(wirelessCure(rows, walls)).toBeUndefined();
  const wide = cureRows(experiment, [...series.slice(0, 4), seeded('ResNet-8', [30, 34, 52])], walls);
  expect(wide[1] && cureVerdict(wide[1], wide, walls)).toBeNull();
});

/** Surgery on all blocks of a net. */
const operated = (lane: string, step: number, gain: number) => [1, 2, 3].map((block) => ({ step, lane, block, gain }));
const verdictsIn = (raced: Parameters<typeof cureRows>[0], measured = series) => {
  const rows = cureRows(raced, measured, walls);
  return rows.map((row) => cureVerdict(row, rows, walls));
};
const told = (raced: Parameters<typeof cureRows>[0], measured = series) => {
  const { parts } = cureStory(cureRows(raced, measured, walls), walls, { step: 40, until: 40, ended: true });
  return parts.map(({ text }) => text).join('');
};

test('a net that had a shortcut for a while is no cure without one', () => {
  const given = { ...experiment, surgery: operated('plain-8, identity start', 20, 1) };
  const rows = cureRows(given, series, walls);
  expect(rows[1]).toMatchObject({ hasWire: true, isChanged: true });
  expect(verdictsIn(given)).toEqual([null, null, 'helps', 'diverged', null]);
  expect(told(given)).toMatch(
    /^Without a shortcut, none of the nets here of the same depth and width learns as well as ResNet-8\./,
  );
  // After the last step it has changed nothing yet.
  const late = { ...experiment, surgery: operated('plain-8, identity start', 40, 1) };
  expect(cureRows(late, series, walls)[1]).toMatchObject({ hasWire: false, isChanged: false });
});

test.each(['plain-8', 'ResNet-8'])('between walls of which %s was operated on nothing is placed', (wall) => {
  const cut = { ...experiment, surgery: operated(wall, 20, wall === 'plain-8' ? 1 : 0) };
  expect(verdictsIn(cut)).toEqual([null, null, null, 'diverged', null]);
  expect(told(cut)).toBe('Sorted by error.');
  expect(wallsOf({ ...experiment, surgery: operated(wall, 0, wall === 'plain-8' ? 1 : 0) })).toBeNull();
});

test.each([0, 4])('between walls of which one has diverged nothing is placed', (index) => {
  const [one, ...others] = series[index]?.seeds?.counted ?? [];
  if (one === undefined) expect.unreachable();
  const lost = { ...one, seeds: { counted: [{ ...one, diverged: 3 }, ...others], others: [] } };
  expect(told(experiment, series.with(index, lost))).toBe('Sorted by error.');
});

test('only a net as deep and wide as the walls, with weights of the seed, is placed between them', () => {
  const others = [
    { net: makeNet('plain', 14) },
    { net: makeNet('plain', 8, { width: 16 }) },
    { net: makeNet('plain', 8, { choices: { slope: 0.5 } }), start: { file: 'x', hash: 'a'.repeat(64) } },
    { net: makeVgg(16) },
  ].map((lane, nth) => ({ name: `${nth}`, ...lane }));
  const raced = { ...experiment, lanes: [...lanes, ...others] };
  const measured = [...series, ...others.map(({ name }) => seeded(name, [10, 10, 10]))];
  expect(verdictsIn(raced, measured).slice(lanes.length)).toEqual([null, null, null, null]);
  expect(told(raced, measured)).toMatch(/^plain-8, identity start learns as well as ResNet-8/);
});

test('the story says how many seeds prove little, and calls no walls overlapping that stand the other way round', () => {
  const seeds = (count: number) =>
    series.map((each) =>
      seeded(
        each.name,
        (each.seeds?.counted ?? []).slice(0, count).map(({ errors }) => errors[0] ?? 0),
      ),
    );
  expect(told(experiment, seeds(1))).toContain('One seed proves little: repeat with 3');
  expect(told(experiment, seeds(2))).toContain('2 seeds prove little: repeat with 3');
  const turned = [seeded('plain-8', [20, 20, 20]), ...series.slice(1, 4), seeded('ResNet-8', [50, 50, 50])];
  expect(told(experiment, turned)).toBe(
    'Here the residual wall is not clearly lower than the plain one, so there is nothing to cure.',
  );
});

test('a net of which one seed diverged is not told as one that diverged', () => {
  const [first, ...others] = series[1]?.seeds?.counted ?? [];
  if (first === undefined) expect.unreachable();
  const lost = { ...first, diverged: 7 };
  const toldOf = (counted: readonly Series[]) => {
    const rows = cureRows(experiment, series.with(1, { ...first, seeds: { counted, others: [] } }), walls);
    const row = rows[1] ?? expect.unreachable();
    const verdict = cureVerdict(row, rows, walls);
    return [resultText(row, verdict, walls), recordedText(row, verdict)];
  };
  expect(toldOf([lost, ...others])).toEqual(['1 of 3 diverged, at step 7', 'recorded: 1 of 3 diverged']);
  expect(toldOf([lost, lost, lost])).toEqual(['diverged, first at step 7', 'recorded: diverged']);
});

test('the idea of the paper is told of its own nets alone', () => {
  const about = (net: NetSpec) => ideaOf({ net }).about;
  expect(about(makeNet('plain', 8))).toBe('Layers one after another.');
  expect(about(makeNet('residual', 8))).toBe('One shortcut around each pair of layers.');
  expect(about(makeNet('residual', 11, { block: 'bottleneck' }))).toBe('ResNet-11 bottleneck');
  expect(about({ ...makeNet('residual', 8), gains: [1, 0, 1] })).toBe('ResNet-8');
  expect(about({ ...makeNet('plain', 8), gains: [1, 1, 1] })).toBe('plain-8');
  expect(about(makeVgg(16))).toBe('VGG-16');
  expect(about(identity)).toMatch(/^Each layer begins by passing its input on/);
});

test('seeds that are under way do not move those that have ended', () => {
  const early = one('plain-8', 90, { steps: 3 });
  const row = cureRows(
    experiment,
    [{ ...early, seeds: { counted: [one('plain-8', 60), early], others: [] } }],
    walls,
  )[0];
  expect(row?.errors).toEqual([60]);
});

test('seeds that were trained for longer are read at the step of the others', () => {
  const long = (name: string, more: Partial<Series> = {}) =>
    one(name, 0, { steps: 80, errors: Array.from({ length: 80 }, (_, step) => (step < 40 ? 60 : 20)), ...more });
  const rowOf = (until: number, more: Partial<Series> = {}) => {
    const counted = [one('plain-8', 50), one('plain-8', 40), long('plain-8', more)];
    return cureRows({ ...experiment, until }, [{ ...long('plain-8'), seeds: { counted, others: [] } }], walls)[0];
  };
  expect(rowOf(40)).toMatchObject({ errors: [50, 40, 60], mean: 50, seeds: 3 });
  // What diverged later has an error here.
  expect(rowOf(40, { steps: 60, diverged: 60 })).toMatchObject({ errors: [50, 40, 60], divergedAt: null });
  // The race goes on, and none has come to its new end.
  expect(rowOf(120)).toMatchObject({ errors: [50, 40, 60], seeds: 3 });
  expect(rowOf(80)).toMatchObject({ errors: [20], seeds: 1 });
});

test('the dots of a row are told in words: its seeds, their mean, and those that diverged', () => {
  const row = {
    name: 'plain-8',
    family: 'plain',
    lightness: 0,
    hasWire: false,
    isWall: true,
    isOfWalls: true,
    isChanged: false,
    low: 30,
    high: 32,
  } as const;
  const dots = (more: { readonly errors: readonly number[]; readonly divergedAt?: number; readonly seeds: number }) =>
    dotsText({ ...row, mean: more.errors.length === 0 ? null : 31.04, divergedAt: null, ...more });
  expect(dots({ errors: [], seeds: 1 })).toBe('plain-8: no error yet');
  expect(dots({ errors: [31.04], seeds: 1 })).toBe('plain-8: 31%, one seed');
  expect(dots({ errors: [32, 30.08], seeds: 2 })).toBe('plain-8: 30.1% and 32%; 2 seeds, mean 31%');
  expect(dots({ errors: [], divergedAt: 3, seeds: 3 })).toBe('plain-8: 3 seeds diverged, the first at step 3');
  expect(dots({ errors: [31.04], divergedAt: 2, seeds: 2 })).toBe(
    'plain-8: 31%, one seed; one seed diverged, at step 2',
  );
  speak('zh', zh);
  expect(dots({ errors: [31.04], seeds: 1 })).toBe('plain-8：31%，一个随机种子');
  expect(dots({ errors: [32, 30.08], seeds: 2 })).toBe('plain-8：30.1% 和 32%；2 个随机种子，平均 31%');
  speak('en', en);
});
