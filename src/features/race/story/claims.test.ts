import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { branchOff, grown } from '../../../core/experiment/branch-off.ts';
import { type Experiment, type GainChange, type LaneSpec, nameLanes } from '../../../core/experiment/experiment.ts';
import { parseExperiment } from '../../../core/experiment/parse/parse.ts';
import { PRESETS } from '../../../core/experiment/presets.ts';
import { makeImageNetNet, makeVgg } from '../../../core/net/family.ts';
import { type BlockKind, makeNet, type NetSpec, type ShortcutType } from '../../../core/net/net.ts';
import type { Claim } from './claims.ts';
import { storyClaims } from './story.ts';
import { type MeasuredLane, storyRace } from './story-race.ts';

const gain = fc.constantFrom(0, 0, 0.5, 1, 1);

/** Null four times of five. */
function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

interface Draft {
  readonly design: 'cifar' | 'imagenet' | 'vgg';
  readonly width: number;
  readonly block: BlockKind;
  readonly option: ShortcutType;
  readonly family: 'plain' | 'residual';
  readonly size: number;
  readonly gains: readonly number[] | null;
}

const kind: fc.Arbitrary<Omit<Draft, 'family' | 'size' | 'gains'>> = fc.record({
  design: fc.constantFrom('cifar', 'cifar', 'cifar', 'cifar', 'imagenet', 'vgg'),
  width: fc.constantFrom(8, 4),
  block: fc.constantFrom('basic', 'bottleneck'),
  option: fc.constantFrom('A', 'B', 'C'),
});

function make({ design, family, size, width, block, option, gains }: Draft): NetSpec {
  if (design === 'vgg') return makeVgg(size === 0 ? 16 : 19, { width, norm: true });
  const made =
    design === 'imagenet'
      ? makeImageNetNet(family, ([18, 34, 50] as const)[size] ?? 18, { width, option })
      : makeNet(family, 2 + (block === 'basic' ? 6 : 9) * (size + 1), { width, block, option });
  return gains === null ? made : { ...made, gains: gains.slice(0, made.gains.length) };
}

/** Nets of one kind for the most part, so that some of them compare. */
const netsOfRace: fc.Arbitrary<readonly NetSpec[]> = kind.chain((shared) =>
  fc
    .array(
      fc.record({
        family: fc.constantFrom('plain', 'residual'),
        size: fc.nat(2),
        gains: rarely(fc.array(gain, { minLength: 64, maxLength: 64 })),
        own: rarely(kind),
      }),
      { maxLength: 6, size: 'max' },
    )
    .map((drafts) => drafts.map(({ own, ...draft }) => make({ ...shared, ...own, ...draft }))),
);

interface Case {
  readonly experiment: Experiment;
  readonly measured: readonly MeasuredLane[];
}

/** A race with nets of all kinds, cuts, forks, growth, loaded weights, at any step. */
const races: fc.Arbitrary<Case> = fc
  .record({
    nets: netsOfRace,
    step: fc.oneof(fc.nat(20), fc.integer({ min: 40, max: 300 }), fc.integer({ min: 40, max: 300 })),
    calm: fc.boolean(),
    cuts: rarely(fc.array(fc.record({ lane: fc.nat(5), at: fc.nat(120), block: fc.nat(5), gain }), { maxLength: 4 })),
    whole: fc
      .oneof(fc.constant(0), fc.constant(5))
      .chain((maxLength) =>
        fc.array(fc.record({ lane: fc.nat(5), at: fc.nat(120), gain: fc.constantFrom(0, 1) }), { maxLength }),
      ),
    fork: rarely(fc.record({ lane: fc.nat(5), at: fc.integer({ min: 1, max: 60 }), grow: fc.boolean() })),
    loaded: rarely(fc.nat(5)),
    late: rarely(fc.nat(5)),
    broken: rarely(fc.nat(5)),
    levels: fc.array(fc.constantFrom(20, 24.96, 25, 25.02, 30, 44, 60), { minLength: 7, maxLength: 7 }),
    wobbles: fc.array(fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 3, -6, Number.NaN), { minLength: 28, maxLength: 28 }),
  })
  .map((drawn) => {
    // Half of the races are ones in which nothing is done to the nets.
    const { nets, step, levels, wobbles, cuts, whole, fork, loaded, late, broken } = drawn.calm
      ? { ...drawn, cuts: null, whole: [], fork: null, loaded: null, late: null, broken: null }
      : drawn;
    let lanes: readonly LaneSpec[] = nameLanes(nets).map((lane, index) =>
      index === loaded ? { ...lane, start: { file: 'weights', hash: 'a'.repeat(64) } } : lane,
    );
    let surgery: readonly GainChange[] = [
      ...(cuts ?? []).map(({ lane, at, block, gain: to }) => ({ lane, at, blocks: [block], to })),
      ...whole.map(({ lane, at, gain: to }) => ({ lane, at, blocks: [...Array(64).keys()], to })),
    ].flatMap(({ lane, at, blocks, to }) => {
      const target = lanes[lane];
      return blocks.flatMap((block) =>
        target === undefined || block >= target.net.gains.length
          ? []
          : [{ step: at, lane: target.name, block: block + 1, gain: to }],
      );
    });
    surgery = surgery.toSorted((a, b) => a.step - b.step);
    for (const { lane, at, grow } of fork === null ? [] : [fork]) {
      const parent = lanes[lane];
      if (parent === undefined || at >= step) continue;
      const gains = gainsBy({ lanes, surgery }, parent, at);
      const next = grow ? grown(parent.net, gains) : { ...parent.net, gains };
      if (next === null) continue;
      const off = branchOff({ lane: parent, net: next, step: at, surgery }, `${parent.name} fork`);
      lanes = [...lanes, off.lane];
      surgery = [...surgery, ...off.surgery].toSorted((a, b) => a.step - b.step);
    }
    const experiment = parseExperiment({ ...PRESETS.twins, lanes, surgery });
    const measured = lanes.map(({ name }, index): MeasuredLane => {
      const level = levels[index] ?? 50;
      return {
        name,
        steps: index === late ? Math.floor(step / 3) : step,
        diverged: index === broken,
        errorAt: (asked) => {
          const back = (step - asked) / 10;
          const wobble = Number.isInteger(back) && back < 4 ? (wobbles[4 * index + back] ?? 0) : 0;
          return asked < 1 || Number.isNaN(wobble) ? null : level + wobble;
        },
      };
    });
    return { experiment, measured };
  });

/** The gains after `steps` steps, by going through them one at a time. */
function gainsBy(
  { lanes, surgery }: Pick<Experiment, 'lanes' | 'surgery'>,
  { name, net: last, origin }: LaneSpec,
  steps: number,
): readonly number[] {
  const eras = [...(origin?.eras ?? []), { net: last, until: Number.POSITIVE_INFINITY }];
  expect(lanes.some((lane) => lane.name === name)).toBe(true);
  let era = 0;
  let gains = [...(eras[0]?.net.gains ?? [])];
  for (let step = 0; step <= steps; step++) {
    while (step >= (eras[era]?.until ?? 0)) {
      era += 1;
      gains = [...(eras[era]?.net.gains ?? [])];
    }
    for (const change of surgery)
      if (change.step === step && change.lane === name) gains[change.block - 1] = change.gain;
  }
  return gains;
}

/** What all of a lane's gains are and were after each of its steps; null where they are or were not all the same. */
function alwaysAt(experiment: Experiment, name: string, steps: number): number | null {
  const lane = experiment.lanes.find((each) => each.name === name);
  if (lane === undefined) return null;
  const seen = new Set<number>();
  // Nothing of these races happens after step 120.
  for (let step = 0; step <= Math.min(steps, 130); step++) {
    for (const each of gainsBy(experiment, lane, step)) seen.add(each);
  }
  const [only = 0] = seen;
  return seen.size < 2 ? only : null;
}

/** All of a net but its depth, its gains and what it is called. */
function rest({ depth, gains, family, ...others }: NetSpec): string {
  const bottleneck = others.design === 'imagenet' && depth >= 50;
  expect([gains.length >= 0, family.length > 0]).toEqual([true, true]);
  return JSON.stringify([bottleneck, ...Object.entries(others).sort()]);
}

/** Checks one claim against the race, by other code than that which made it. */
function check({ experiment, measured }: Case, { id, lanes, values, words }: Claim): void {
  const text = words.map((part) => part.text).join('');
  const racing = measured.filter(({ diverged }) => !diverged);
  const front = Math.max(0, ...racing.map(({ steps }) => steps));
  const laneOf = (name: string) => experiment.lanes.find((lane) => lane.name === name) ?? expect.unreachable(name);
  const curveOf = (name: string) => measured.find((each) => each.name === name) ?? expect.unreachable(name);
  const errorOf = (name: string, back = 0) => curveOf(name).errorAt(front - back) ?? Number.NaN;
  const held = (worse: string, better: string) =>
    [0, 10, 20, 30].every((back) => errorOf(worse, back) - errorOf(better, back) >= 5);
  const fresh = (name: string) => laneOf(name).origin === undefined && laneOf(name).start === undefined;
  const isPlain = (name: string) => fresh(name) && alwaysAt(experiment, name, front) === 0;
  const isResidual = (name: string) =>
    fresh(name) && laneOf(name).net.gains.length > 0 && alwaysAt(experiment, name, front) === 1;
  const same = (a: string, b: string) => rest(laneOf(a).net) === rest(laneOf(b).net);
  const depthOf = (name: string) => laneOf(name).net.depth;
  const [first = '', second = ''] = lanes;

  // Only lanes that are level are spoken of, and each number belongs to the lane whose colour it has.
  for (const name of lanes) expect(curveOf(name)).toMatchObject({ diverged: false, steps: front });
  for (const part of words) if (part.lane !== undefined) expect(lanes).toContain(part.lane);
  for (const part of words) {
    if (part.lane === undefined || !part.text.endsWith('%')) continue;
    const shown = [errorOf(part.lane), ...values].map((value) => `${value.toFixed(1)}%`);
    expect(shown).toContain(part.text);
  }

  switch (id) {
    case 'deeper-is-worse':
      expect([isPlain(first), isPlain(second), same(first, second)]).toEqual([true, true, true]);
      expect(held(first, second)).toBe(true);
      expect(values).toEqual([front, depthOf(first) - depthOf(second), errorOf(first), errorOf(second)]);
      expect(values[1]).toBeGreaterThan(0);
      break;
    case 'twin-cures':
    case 'twin-no-better':
    case 'twin-little-better': {
      expect([isResidual(first), isPlain(second), same(first, second)]).toEqual([true, true, true]);
      expect(depthOf(first)).toBe(depthOf(second));
      expect(held(second, first)).toBe(id === 'twin-cures');
      const [twin, plain] = [errorOf(first), errorOf(second)].map((error) => Number(error.toFixed(1)));
      if (id !== 'twin-cures') expect((twin ?? 0) >= (plain ?? 0)).toBe(id === 'twin-no-better');
      break;
    }
    case 'twins-parted':
      expect(isPlain(first) ? isResidual(second) : isResidual(first) && isPlain(second)).toBe(true);
      expect([same(first, second), held(first, second)]).toEqual([true, true]);
      expect(depthOf(first)).toBe(depthOf(second));
      break;
    case 'surgery': {
      const gains = gainsBy(experiment, laneOf(first), front);
      const open = gains.filter((each) => each !== 0).length;
      const many = open === gains.length ? 'all' : open === 0 ? 'none of its' : `${open} of its`;
      expect(text).toContain(`${many} ${gains.length} shortcuts`);
      expect(text.includes('not at strength 1')).toBe(gains.some((each) => each !== 0 && each !== 1));
      const [at = 0] = values;
      const before = gainsBy(experiment, laneOf(first), at - 1);
      expect(gainsBy(experiment, laneOf(first), at)).not.toEqual(before);
      expect(gainsBy(experiment, laneOf(first), Math.min(front, 130))).toEqual(gainsBy(experiment, laneOf(first), at));
      break;
    }
    case 'unchanged':
      for (const name of lanes) {
        const grew = laneOf(name).origin?.eras.some((era) => era.net.depth !== laneOf(name).net.depth) ?? false;
        if (!grew) expect(gainsBy(experiment, laneOf(name), front)).toEqual(gainsBy(experiment, laneOf(name), 0));
      }
      break;
    case 'too-early':
    case 'no-gap': {
      const level = racing.filter(({ steps }) => steps === front).map(({ name }) => name);
      expect(level.some((worse) => level.some((better) => held(worse, better)))).toBe(false);
      if (id === 'no-gap') expect(front).toBeGreaterThanOrEqual(60);
      break;
    }
    case 'range':
      expect(errorOf(first)).toBeLessThan(errorOf(second));
      break;
    default:
      break;
  }
  if (/[Ww]ith shortcuts/.test(text)) expect(lanes.some(isResidual)).toBe(true);
  if (/plain net/.test(text)) expect(isPlain(first)).toBe(true);
}

describe('every claim of the story', () => {
  test('is true of the race that it is made of', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(races, (race) => {
        const claims = storyClaims(storyRace(race.experiment, race.measured));
        expect(claims.length).toBeGreaterThan(0);
        for (const claim of claims) {
          seen.add(claim.id);
          check(race, claim);
        }
        // Surgery goes first.
        const ids = claims.map(({ id }) => id);
        if (ids.includes('surgery')) expect(ids[0]).toBe('surgery');
      }),
      { numRuns: 2500, seed: 12 },
    );
    // The races must be varied enough to test something.
    expect([...seen].sort()).toEqual(
      [
        'all-diverged',
        'alone',
        'deeper-is-worse',
        'more-surgery',
        'no-gap',
        'not-comparable-yet',
        'not-started',
        'range',
        'surgery',
        'too-early',
        'twin-cures',
        'twin-little-better',
        'twin-no-better',
        'twins-parted',
        'unchanged',
      ].sort(),
    );
  });
});
