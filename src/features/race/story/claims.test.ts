import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BranchKind, branchOff, folded, grown } from '../../../core/experiment/branch-off.ts';
import { type Experiment, type GainChange, type LaneSpec, nameLanes } from '../../../core/experiment/experiment.ts';
import { choicesProblem } from '../../../core/experiment/limits.ts';
import { parseExperiment } from '../../../core/experiment/parse/parse.ts';
import { PRESETS } from '../../../core/experiment/presets.ts';
import type { BlockChoices } from '../../../core/net/choices.ts';
import { type BlockKind, makeNet, type NetSpec, netName, type ShortcutType } from '../../../core/net/net.ts';
import { makeImageNetNet, makeVgg } from '../../../core/net/zoo.ts';
import { en } from '../../../language/en/catalog.ts';
import { textOf } from '../../../language/joining.ts';
import { speak } from '../../../language/say.ts';
import { zh } from '../../../language/zh/catalog.ts';
import { CLAIM_IDS, type Claim } from './claim.ts';
import { storyOf } from './story.ts';
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
  readonly choices: BlockChoices | undefined;
}

const netKind: fc.Arbitrary<Omit<Draft, 'family' | 'size' | 'gains'>> = fc.record({
  design: fc.constantFrom('cifar', 'cifar', 'cifar', 'cifar', 'imagenet', 'vgg'),
  width: fc.constantFrom(8, 4),
  block: fc.constantFrom('basic', 'bottleneck'),
  option: fc.constantFrom('A', 'B', 'C'),
  // Left out where a net cannot have them.
  choices: fc.constantFrom<(BlockChoices | undefined)[]>(
    undefined,
    undefined,
    undefined,
    { rep: true },
    { shortcut: { type: 'concat' } },
    { shortcut: { type: 'dense', growth: 4 } },
  ),
});

function make({ design, family, size, width, block, option, gains, choices }: Draft): NetSpec {
  if (design === 'vgg') return makeVgg(size === 0 ? 16 : 19, { width, norm: true });
  const cifar = { family, depth: 2 + (block === 'basic' ? 6 : 9) * (size + 1), width, block, option };
  const made =
    design === 'imagenet'
      ? makeImageNetNet(family, ([18, 34, 50] as const)[size] ?? 18, { width, option })
      : makeNet(family, cifar.depth, { ...cifar, ...(choicesProblem({ ...cifar, choices }) === null && { choices }) });
  return gains === null ? made : { ...made, gains: gains.slice(0, made.gains.length) };
}

/** Nets of one kind for the most part, so that some of them compare. */
const netsOfRace: fc.Arbitrary<readonly NetSpec[]> = netKind.chain((shared) =>
  fc
    .array(
      fc.record({
        family: fc.constantFrom('plain', 'residual'),
        size: fc.nat(2),
        gains: rarely(fc.array(gain, { minLength: 64, maxLength: 64 })),
        own: rarely(netKind),
      }),
      { maxLength: 6, size: 'max' },
    )
    .map((drafts) => drafts.map(({ own, ...draft }) => make({ ...shared, ...own, ...draft }))),
);

interface Case {
  readonly experiment: Experiment;
  readonly measured: readonly MeasuredLane[];
  readonly seeds: number;
}

/** A race with nets of all kinds, cuts, forks, growth, loaded weights, at any step. */
const races: fc.Arbitrary<Case> = fc
  .record({
    nets: netsOfRace,
    step: fc.oneof(
      { weight: 2, arbitrary: fc.nat(20) },
      { weight: 6, arbitrary: fc.integer({ min: 40, max: 300 }) },
      { weight: 1, arbitrary: fc.constantFrom(4999, 5000, 48_000, 64_000) },
    ),
    until: fc.constantFrom(1, 150, 64_000),
    rate: fc.constantFrom(0.03, 0.1, 0.4, 1),
    drop: rarely(fc.record({ step: fc.integer({ min: 1, max: 200 }), by: fc.constantFrom(2, 10) })),
    seeds: fc.constantFrom(1, 1, 3),
    calm: fc.boolean(),
    cuts: rarely(fc.array(fc.record({ lane: fc.nat(5), at: fc.nat(120), block: fc.nat(5), gain }), { maxLength: 4 })),
    whole: fc
      .oneof(fc.constant(0), fc.constant(5))
      .chain((maxLength) =>
        fc.array(fc.record({ lane: fc.nat(5), at: fc.nat(120), gain: fc.constantFrom(0, 1) }), { maxLength }),
      ),
    fork: rarely(
      fc.record({
        lane: fc.nat(5),
        at: fc.integer({ min: 1, max: 60 }),
        kind: fc.constantFrom<BranchKind>('copy', 'grown', 'folded'),
      }),
    ),
    loaded: rarely(fc.nat(5)),
    late: rarely(fc.nat(5)),
    broken: rarely(fc.nat(5)),
    brokenSeeds: fc.constantFrom(1, 3),
    levels: fc.array(fc.constantFrom(20, 24.96, 25, 25.02, 30, 44, 60), { minLength: 7, maxLength: 7 }),
    wobbles: fc.array(fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 3, -6, Number.NaN), { minLength: 28, maxLength: 28 }),
  })
  .map((drawn) => {
    // Half of the races are ones in which nothing is done to the nets.
    const {
      until,
      rate,
      drop,
      seeds,
      nets,
      step,
      levels,
      wobbles,
      cuts,
      whole,
      fork,
      loaded,
      late,
      broken,
      brokenSeeds,
    } = drawn.calm ? { ...drawn, cuts: null, whole: [], fork: null, loaded: null, late: null, broken: null } : drawn;
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
    for (const { lane, at, kind } of fork === null ? [] : [fork]) {
      const parent = lanes[lane];
      if (parent === undefined || at >= step) continue;
      const gains = gainsBySteps({ surgery }, { ...parent })[at] ?? [];
      const make = {
        copy: () => ({ ...parent.net, gains }),
        grown: () => grown(parent.net, gains),
        folded: () => folded(parent.net, gains),
      };
      const next = make[kind]();
      if (next === null) continue;
      const off = branchOff({ lane: parent, net: next, step: at, surgery }, `${parent.name} fork`);
      lanes = [...lanes, off.lane];
      surgery = [...surgery, ...off.surgery].toSorted((a, b) => a.step - b.step);
    }
    const recipe = { ...PRESETS.twins.recipe, learningRate: rate, drops: drop === null ? [] : [drop] };
    const experiment = parseExperiment({ ...PRESETS.twins, recipe, lanes, surgery, until });
    const measured = lanes.map(({ name }, index): MeasuredLane => {
      const level = levels[index] ?? 50;
      return {
        name,
        steps: index === late ? Math.floor(step / 3) : step,
        diverged: index === broken ? Math.min(brokenSeeds, seeds) : 0,
        errorAt: (asked) => {
          const back = (step - asked) / 10;
          const wobble = Number.isInteger(back) && back < 4 ? (wobbles[4 * index + back] ?? 0) : 0;
          return asked < 1 || Number.isNaN(wobble) ? null : level + wobble;
        },
        rangeAt: (asked) => (seeds > 1 && asked > 0 ? { low: level - 1.25, high: level + 2 } : null),
      };
    });
    return { experiment, measured, seeds };
  });

/** No event of these races lies behind this step. */
const LAST = 130;

const histories = new WeakMap<LaneSpec, readonly (readonly number[])[]>();

/** The gains after each number of steps, by going through them one at a time. */
function gainsBySteps({ surgery }: Pick<Experiment, 'surgery'>, lane: LaneSpec): readonly (readonly number[])[] {
  const known = histories.get(lane);
  if (known !== undefined) return known;
  const { name, net: last, origin } = lane;
  const own = surgery.filter((change) => change.lane === name);
  const eras = [...(origin?.eras ?? []), { net: last, until: Number.POSITIVE_INFINITY }];
  const history: (readonly number[])[] = [];
  let era = 0;
  let gains = [...(eras[0]?.net.gains ?? [])];
  for (let step = 0; step <= LAST; step++) {
    while (step >= (eras[era]?.until ?? 0)) {
      era += 1;
      gains = [...(eras[era]?.net.gains ?? [])];
    }
    for (const change of own) if (change.step === step) gains = gains.with(change.block - 1, change.gain);
    history.push(gains);
  }
  histories.set(lane, history);
  return history;
}

/** What all of a lane's gains are and were after each of its steps; null where they are or were not all the same. */
function alwaysAt(experiment: Experiment, name: string, steps: number): number | null {
  const lane = experiment.lanes.find((each) => each.name === name);
  if (lane === undefined) return null;
  const seen = new Set(
    gainsBySteps(experiment, lane)
      .slice(0, steps + 1)
      .flat(),
  );
  const [only = 0] = seen;
  return seen.size < 2 ? only : null;
}

/** All of a net but its depth, its gains and what it is called. */
function rest(net: NetSpec): string {
  const bottleneck = net.design === 'imagenet' && net.depth >= 50;
  const others = Object.entries(net).filter(([name]) => !['depth', 'gains', 'family'].includes(name));
  return JSON.stringify([bottleneck, ...others.sort()]);
}

/** Numbers in a text but those of nets' names, without thousands separators. */
function numbersIn(text: string, experiment: Experiment): readonly number[] {
  const names = experiment.lanes.map(({ name }) => name).sort((a, b) => b.length - a.length);
  const bare = [...names, 'plain-56', 'plain-20', 'plain-110'].reduce((rest, name) => rest.replaceAll(name, '·'), text);
  return (bare.match(/\d[\d,]*(\.\d+)?/g) ?? []).map((found) => Number(found.replaceAll(',', '')));
}

const rounded = (value: number) => Number(value.toFixed(1));

/** Checks one claim against the race, by other code than that which made it. */
function check({ experiment, measured, seeds }: Case, { id, lanes, values, source }: Claim, text: string): void {
  const racing = measured.filter(({ diverged }) => diverged === 0);
  const front = Math.max(0, ...racing.map(({ steps }) => steps));
  const laneOf = (name: string) => experiment.lanes.find((lane) => lane.name === name) ?? expect.unreachable(name);
  const curveOf = (name: string) => measured.find((each) => each.name === name) ?? expect.unreachable(name);
  const errorOf = (name: string, back = 0) => curveOf(name).errorAt(front - back) ?? Number.NaN;
  const shown = (name: string) => rounded(errorOf(name));
  const points = (worse: string, better: string) => Math.round(rounded(shown(worse) - shown(better)));
  const held = (worse: string, better: string) =>
    [0, 10, 20, 30].every((back) => errorOf(worse, back) - errorOf(better, back) >= 5);
  const fresh = (name: string) => laneOf(name).origin === undefined && laneOf(name).start === undefined;
  const hasOther = (name: string) => /concat|dense|RepVGG/.test(netName(laneOf(name).net));
  const isPlain = (name: string) => fresh(name) && !hasOther(name) && alwaysAt(experiment, name, front) === 0;
  const isResidual = (name: string) =>
    fresh(name) && laneOf(name).net.gains.length > 0 && alwaysAt(experiment, name, front) === 1;
  const same = (a: string, b: string) => rest(laneOf(a).net) === rest(laneOf(b).net);
  const depthOf = (name: string) => laneOf(name).net.depth;
  const gainsAfter = (name: string, steps: number) =>
    gainsBySteps(experiment, laneOf(name))[Math.min(steps, LAST)] ?? [];
  const all = (gains: readonly number[], gain: number) => gains.every((each) => each === gain);
  const hasChanged = (name: string) => {
    const now = gainsAfter(name, front);
    return Array.from({ length: front }, (_, steps) => gainsAfter(name, steps)).some((then) => `${then}` !== `${now}`);
  };
  const [first = '', second = '', third = ''] = lanes;
  const written = numbersIn(text, experiment);
  const { learningRate, drops } = experiment.recipe;
  const rate = drops.reduce((now, { step, by }) => (front >= step ? now / by : now), learningRate);

  const isOfSurgery = id === 'planned' || id === 'diverged' || id === 'no-means';
  // Only lanes that are level are compared.
  if (!isOfSurgery) for (const name of lanes) expect(curveOf(name)).toMatchObject({ diverged: 0, steps: front });

  switch (id) {
    case 'deeper-is-worse':
      expect([isPlain(first), isPlain(second), same(first, second)]).toEqual([true, true, true]);
      expect(depthOf(first)).toBeGreaterThan(depthOf(second));
      expect(held(first, second)).toBe(true);
      expect(values).toEqual([front, points(first, second), shown(first), shown(second)]);
      expect(written).toEqual([points(first, second)]);
      expect(/ends|最终/.test(text)).toBe(front >= experiment.until);
      break;
    case 'twin-wins-back': {
      expect([isResidual(first), isPlain(second), isPlain(third)]).toEqual([true, true, true]);
      expect([same(first, second), same(second, third), held(second, first), held(second, third)]).toEqual(
        Array(4).fill(true),
      );
      expect(depthOf(first)).toBe(depthOf(second));
      const [won, gap] = [points(second, first), points(second, third)];
      expect(values).toEqual([depthOf(first), won, gap, shown(first)]);
      // In the order of either language.
      expect(written.toSorted()).toEqual((won < gap ? [depthOf(first), won, gap] : [depthOf(first), gap]).toSorted());
      break;
    }
    case 'twin-no-better':
    case 'twin-little-better': {
      expect([isResidual(first), isPlain(second), same(first, second)]).toEqual([true, true, true]);
      expect(depthOf(first)).toBe(depthOf(second));
      expect(held(second, first)).toBe(false);
      expect(shown(first) >= shown(second)).toBe(id === 'twin-no-better');
      if (id === 'twin-no-better') {
        expect(values).toEqual([shown(first), rate]);
        expect(/learning rate|学习率/.test(text)).toBe(rate > 0.1);
      } else expect(written.toSorted()).toEqual([shown(first), rounded(shown(second) - shown(first))].toSorted());
      break;
    }
    case 'twin-better':
    case 'twin-worse': {
      const [worse, better] = id === 'twin-better' ? [second, first] : [first, second];
      expect([isResidual(first), isPlain(second), same(first, second)]).toEqual([true, true, true]);
      expect([depthOf(first), held(worse, better)]).toEqual([depthOf(second), true]);
      expect(written).toEqual([depthOf(first), points(worse, better)]);
      break;
    }
    case 'surgery': {
      const [at = 0] = values;
      const [start, before, now] = [0, at - 1, front].map((steps) => gainsAfter(first, steps));
      if (start === undefined || before === undefined || now === undefined) expect.unreachable();
      expect(gainsAfter(first, at)).not.toEqual(before);
      expect(now).toEqual(gainsAfter(first, at));
      const open = now.filter((gain) => gain !== 0).length;
      if (/got its shortcuts|接通了快捷连接/.test(text)) {
        expect([all(before, 0), all(now, 1), /back|重新/.test(text)]).toEqual([true, true, all(start, 1)]);
      } else if (/lost its shortcuts|被切断/.test(text)) {
        expect([all(before, 1), all(now, 0)]).toEqual([true, true]);
      } else {
        expect(written).toContain(now.length);
        if (open > 0 && open < now.length) expect(written).toContain(open);
        expect(/not all at strength 1|强度不全/.test(text)).toBe(now.some((gain) => gain !== 0 && gain !== 1));
      }
      if (!Number.isNaN(errorOf(first))) expect(written).toContain(shown(first));
      break;
    }
    case 'folded': {
      const [at = 0] = values;
      const before = laneOf(first).origin?.eras.find(({ until }) => until === at)?.net;
      expect(before).toMatchObject({ choices: { rep: true } });
      expect(JSON.stringify(laneOf(first).net)).not.toContain('rep');
      expect(text).toContain(netName(before ?? expect.unreachable()));
      expect(written).toContain(shown(first));
      break;
    }
    case 'planned': {
      const [at = 0] = values;
      expect(at).toBeGreaterThan(front);
      expect(curveOf(first).diverged).toBe(0);
      const [start, earlier, after] = [0, at - 1, at].map((steps) => gainsAfter(first, steps));
      if (start === undefined || earlier === undefined || after === undefined) expect.unreachable();
      // One that grows in that step is compared with what it grows to.
      const { net, origin } = laneOf(first);
      const larger = origin?.eras.find(({ until }) => until > at)?.net ?? net;
      const before = earlier.length === after.length ? earlier : larger.gains;
      expect(after).not.toEqual(before);
      if (/gets its shortcuts|接通/.test(text))
        expect([all(before, 0), all(after, 1), /back|重新/.test(text)]).toEqual([true, true, all(start, 1)]);
      else if (/loses its shortcuts|切断/.test(text)) expect([all(before, 1), all(after, 0)]).toEqual([true, true]);
      else expect(written).toEqual(expect.arrayContaining([at, countChanged(before, after)]));
      break;
    }
    case 'too-early':
    case 'no-gap': {
      const level = racing.filter(({ steps }) => steps === front).map(({ name }) => name);
      expect(level.some((worse) => level.some((better) => held(worse, better)))).toBe(false);
      if (id === 'no-gap') expect(front).toBeGreaterThanOrEqual(60);
      break;
    }
    case 'range':
      expect(errorOf(first)).toBeLessThan(errorOf(second));
      expect(written).toEqual(expect.arrayContaining([front, shown(first), shown(second)]));
      break;
    case 'errors': {
      const ranges = seeds > 1 ? lanes.flatMap((name) => Object.values(curveOf(name).rangeAt?.(front) ?? {})) : [];
      expect(written.toSorted()).toEqual([front, ...lanes.map(shown), ...ranges.map(rounded)].toSorted());
      break;
    }
    case 'seeds':
      expect(/early in training|训练初期/.test(text)).toBe(
        front < 5000 && experiment.recipe.drops.every((drop) => drop.step >= front),
      );
      expect(/One seed|只有一个/.test(text)).toBe(seeds === 1);
      break;
    case 'paper-gap':
      expect([front < 5000, source]).toEqual([true, 'He et al. 2015, section 4.2, figure 6']);
      break;
    case 'guessing':
      expect(/nothing has been learned|什么都还没学/.test(text)).toBe(
        experiment.lanes.every(({ name }) => fresh(name)),
      );
      break;
    case 'all-diverged':
      for (const lane of measured) expect(lane.diverged).toBe(seeds);
      break;
    case 'no-means':
      expect(racing).toEqual([]);
      expect(measured.some(({ diverged }) => diverged < seeds)).toBe(true);
      break;
    case 'diverged':
      for (const name of lanes) expect(curveOf(name).diverged).toBeGreaterThan(0);
      expect(/with 1 of 3 seeds|3 个种子中的 1 个/.test(text)).toBe(
        lanes.some((name) => curveOf(name).diverged < seeds),
      );
      break;
    case 'not-started':
      // A report may hold the first round of some of the nets.
      expect(front).toBeLessThanOrEqual(1);
      expect(measured.length === 0 || measured.some(({ steps }) => steps === 0)).toBe(true);
      expect(racing).toEqual(measured);
      break;
    case 'alone':
      expect(measured).toHaveLength(1);
      break;
    case 'not-comparable-yet': {
      const others = measured.filter(({ name }) => name !== first);
      const isDiverged = others.map(({ diverged }) => diverged > 0);
      expect(others.every(({ steps }, index) => isDiverged[index] || steps < front)).toBe(true);
      expect(/diverged|发散/.test(text)).toBe(isDiverged.includes(true));
      expect(/catching up|追赶/.test(text)).toBe(isDiverged.includes(false));
      for (const { name } of others) expect(text).toContain(name);
      expect(written).toEqual(expect.arrayContaining(Number.isNaN(errorOf(first)) ? [] : [shown(first)]));
      break;
    }
    case 'more-surgery':
      expect(written).toEqual([new Set(lanes).size]);
      expect(lanes.every(hasChanged)).toBe(true);
      break;
    case 'weights-kept':
      expect(new Set(written)).toEqual(new Set([30]));
      expect(experiment.lanes.some(({ name }) => hasChanged(name))).toBe(true);
      break;
    case 'all-hidden':
      // Whether nets are covered is no fact of a race.
      expect.unreachable();
      break;
    default:
      id satisfies never;
  }
  expect(text).not.toContain('NaN');
  // A net that has shortcuts, or had some, is never called plain; one that lacks some never has "with shortcuts".
  if (/Add shortcuts|[Ww]ith shortcuts|加上快捷连接/.test(text)) expect(isResidual(first)).toBe(true);
  if (/plain net|普通网络/.test(text)) expect(isPlain(first)).toBe(true);
}

function countChanged(before: readonly number[], after: readonly number[]): number {
  return after.filter((gain, block) => gain !== before[block]).length;
}

function checkAll(race: Case): readonly Claim[] {
  const facts = { seeds: race.seeds, majority: { answer: 'Noto', error: 73.1 } };
  const { claims, parts } = storyOf(storyRace(race.experiment, race.measured, facts));
  const named = new Set(claims.flatMap(({ lanes }) => lanes));
  expect(claims.length).toBeGreaterThan(0);
  expect(parts.every(({ lane }) => lane === undefined || named.has(lane))).toBe(true);
  for (const claim of claims) check(race, claim, textOf(claim.words));
  // Surgery goes first.
  const ids = claims.map(({ id }) => id);
  const operated = claims.filter(({ id }) => id === 'surgery' || id === 'more-surgery').flatMap(({ lanes }) => lanes);
  expect(operated).toEqual([...new Set(operated)]);
  if (ids.includes('surgery')) expect(ids[0]).toBe('surgery');
  return claims;
}

describe('every claim of the story', () => {
  test('is true of the race that it is made of', () => {
    const seen = new Set<string>();
    const property = fc.property(races, (race) => {
      for (const { id } of checkAll(race)) seen.add(id);
    });
    fc.assert(property, { numRuns: 10_000, seed: 12 });
    // The races must be varied enough to test something.
    // Whether nets are covered is no fact of a race.
    expect([...seen].sort()).toEqual(CLAIM_IDS.filter((id) => id !== 'all-hidden').sort());
  }, 120_000);

  test('is true of it in Chinese', () => {
    speak('zh', zh);
    try {
      fc.assert(
        fc.property(races, (race) => {
          checkAll(race);
        }),
        { numRuns: 1000, seed: 3 },
      );
    } finally {
      speak('en', en);
    }
  });
});
