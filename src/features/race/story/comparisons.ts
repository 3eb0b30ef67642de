import { areSameButDepth, haveSameShape } from '../../../core/experiment/lineage.ts';
import type { ShortcutKind } from '../../../core/experiment/surgery.ts';
import { listed, parts } from '../../../language/say.ts';
import { type Claim, divergedNames, GAP, hasHeld, label, makeClaim, points, shownError, tagged } from './claim.ts';
import { LOOK_BACK, type StoryLane, type StoryRace } from './story-race.ts';

/** Steps before which nets whose gaps have not held are said to be hard to tell apart. */
const EARLY = 60;

/** Above this learning rate it is named as what else may be wrong: the largest that the paper uses. */
const HIGH_RATE = 0.1;

/** What is said before the first step, and where fewer than two lanes are left to compare. */
export function tooFew(race: StoryRace): Claim | null {
  const { step, lanes, diverged, behind, hasHidden } = race;
  if (hasHidden && lanes.length + diverged.length + behind.length === 0)
    return makeClaim('all-hidden', [], [], tagged(parts('story.allHidden')));
  if (step === 0 && diverged.length === 0) return makeClaim('not-started', [], [], tagged(parts('story.notStarted')));
  if (lanes.length > 1) return null;
  const [lane] = lanes;
  if (diverged.length === 0 && behind.length === 0 && !hasHidden)
    return makeClaim('alone', lanes, [], tagged(parts('story.alone')));
  if (lane === undefined) return noneLeft(race);
  const error = shownError(lane);
  const net = { lane: lane.name, strong: true };
  const why = whyAlone(diverged.length > 0, behind.length > 0);
  return makeClaim(
    'not-comparable-yet',
    [lane],
    Number.isNaN(error) ? [] : [error],
    tagged(
      parts('story.notComparableYet', {
        name: lane.name,
        error: Number.isNaN(error) ? 0 : error,
        known: Number.isNaN(error) ? 'no' : 'yes',
        why,
        diverged: divergedNames(race),
        behind: listed(behind),
      }),
      { net, now: net },
    ),
  );
}

/** What is said where every lane diverged: none trains any more, unless one diverged with some of the seeds alone. */
function noneLeft(race: StoryRace): Claim {
  const { diverged, seeds, hasHidden } = race;
  if (diverged.some((lane) => lane.seeds < seeds))
    return {
      id: 'no-means',
      lanes: diverged.map(({ name }) => name),
      values: [diverged.length],
      words: tagged(parts('story.noMeans', { nets: divergedNames(race) })),
    };
  const words = tagged(hasHidden ? parts('story.shownDiverged') : parts('story.allDiverged'));
  return makeClaim('all-diverged', [], [], words);
}

/** Why one lane is left; without either reason the others are hidden. */
function whyAlone(isAnyDiverged: boolean, isAnyBehind: boolean): 'both' | 'diverged' | 'behind' | 'hidden' {
  if (isAnyDiverged) return isAnyBehind ? 'both' : 'diverged';
  return isAnyBehind ? 'behind' : 'hidden';
}

/** Lanes that are and always were of a kind, began with the weights of the seed, and are no branches. */
function comparable(race: StoryRace, kind: ShortcutKind): readonly StoryLane[] {
  return race.lanes.filter(({ fresh, shortcuts }) => fresh && shortcuts.always === kind);
}

/** The residual net that differs from this plain one in its shortcuts alone. */
function twinOf(race: StoryRace, plain: StoryLane): StoryLane | undefined {
  const { net } = plain;
  return comparable(race, 'residual').find(
    (lane) => lane.net.gains.length > 0 && haveSameShape(lane.net, net) && !Number.isNaN(shownError(lane)),
  );
}

/**
 * Of plain nets that differ in depth alone, the deepest against the shallowest, if its gap has held; and what
 * its twin with shortcuts makes of the gap, better or not.
 */
export function degradation(race: StoryRace): readonly Claim[] {
  const plain = comparable(race, 'plain').toSorted((a, b) => a.net.depth - b.net.depth);
  for (const shallow of plain) {
    const group = plain.filter((lane) => areSameButDepth(lane.net, shallow.net));
    const deep = group.at(-1);
    if (group[0] !== shallow || deep === undefined || deep.net.depth === shallow.net.depth) continue;
    if (!hasHeld(deep, shallow)) continue;
    const gap = points(deep, shallow);
    const isPair = group.length === 2;
    const values = { gap, when: race.ended ? 'ended' : 'running', deep: deep.name, shallow: shallow.name } as const;
    const worse = makeClaim(
      'deeper-is-worse',
      [deep, shallow],
      [race.step, gap, shownError(deep), shownError(shallow)],
      tagged(parts(isPair ? 'story.deeperIsWorse' : 'story.deepestIsWorse', values), {
        net: { lane: deep.name, strong: true },
        other: { lane: shallow.name, strong: true },
      }),
    );
    const twin = twinOf(race, deep);
    return twin === undefined ? [worse] : [worse, ofTwin(race, { deep, twin, shallow })];
  }
  return [];
}

interface Trio {
  readonly deep: StoryLane;
  readonly twin: StoryLane;
  readonly shallow: StoryLane;
}

function ofTwin({ rate }: StoryRace, { deep, twin, shallow }: Trio): Claim {
  const [error, gap, won] = [shownError(twin), points(deep, shallow), points(deep, twin)];
  const net = { lane: twin.name, strong: true };
  if (hasHeld(deep, twin)) {
    const { depth } = deep.net;
    return makeClaim(
      'twin-wins-back',
      [twin, deep, shallow],
      [depth, won, gap, error],
      tagged(parts('story.twinWinsBack', { depth, won, gap, share: won < gap ? 'part' : 'all' }), { net }),
    );
  }
  // As the numbers are read: two that look the same are no gap.
  if (error >= shownError(deep))
    return makeClaim(
      'twin-no-better',
      [twin, deep],
      [error, rate],
      tagged(parts('story.twinNoBetter', { name: twin.name, error, rate, cause: rate > HIGH_RATE ? 'rate' : 'open' }), {
        net,
      }),
    );
  const better = Math.round((shownError(deep) - error) * 10) / 10;
  return makeClaim(
    'twin-little-better',
    [twin, deep],
    [error, better],
    tagged(parts('story.twinLittleBetter', { name: twin.name, error, better }), { net }),
  );
}

/** A plain net and its residual twin, if the gap between them has held. */
export function twinsParted(race: StoryRace): readonly Claim[] {
  for (const plain of comparable(race, 'plain')) {
    const twin = twinOf(race, plain);
    if (twin === undefined) continue;
    const [worse, better] = hasHeld(plain, twin) ? [plain, twin] : [twin, plain];
    if (!hasHeld(worse, better)) continue;
    const gap = points(worse, better);
    const { depth } = plain.net;
    const isBetter = better === twin;
    return [
      makeClaim(
        isBetter ? 'twin-better' : 'twin-worse',
        [twin, plain],
        [race.step, depth, gap, shownError(twin), shownError(plain)],
        tagged(parts(isBetter ? 'story.twinBetter' : 'story.twinWorse', { depth, gap }), {
          net: { lane: twin.name, strong: true },
        }),
      ),
    ];
  }
  return [];
}

/** Names and numbers alone, of the best and the worst lane, where nothing else can be claimed. */
export function range({ step, lanes }: StoryRace): Claim {
  const known = lanes
    .filter((lane) => !Number.isNaN(shownError(lane)))
    .toSorted((a, b) => shownError(a) - shownError(b));
  const [best, worst] = [known[0], known.at(-1)];
  const apart = lanes.some((worse) => lanes.some((better) => hasHeld(worse, better)));
  if (best === undefined || worst === undefined || best === worst || (step < EARLY && !apart))
    return makeClaim('too-early', [], [step], tagged(parts('story.tooEarly', { step })));
  const [low, high] = [shownError(best), shownError(worst)];
  const values = { step, low, high, best: label(best), worst: label(worst) };
  const words = tagged(
    apart ? parts('story.range', values) : parts('story.noGap', { ...values, gap: GAP, past: LOOK_BACK[0] }),
    {
      first: { lane: best.name, strong: true },
      second: { lane: worst.name, strong: true },
    },
  );
  return makeClaim(apart ? 'range' : 'no-gap', [best, worst], [step, low, high], words);
}
