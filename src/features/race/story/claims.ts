import { areSameButDepth } from '../../../core/experiment/lineage.ts';
import type { ShortcutKind } from '../../../core/experiment/surgery.ts';
import { percent } from '../../../core/format.ts';
import type { StoryLane, StoryRace } from './story-race.ts';

/** A piece of a sentence. */
export interface StoryPart {
  readonly text: string;
  /** Gives it this net's colour. */
  readonly lane?: string;
  /** Whether it is emphasised. */
  readonly strong?: boolean;
}

/** Something that is true of a race, and the sentence that says it. */
export interface Claim {
  readonly id: ClaimId;
  /** The lanes that it speaks of. */
  readonly lanes: readonly string[];
  /** The numbers that it quotes, in the order of the sentence; errors in percent. */
  readonly values: readonly number[];
  readonly words: readonly StoryPart[];
}

export type ClaimId =
  | 'not-started'
  | 'all-diverged'
  | 'alone'
  | 'not-comparable-yet'
  | 'surgery'
  | 'more-surgery'
  | 'unchanged'
  | 'deeper-is-worse'
  | 'twin-cures'
  | 'twin-no-better'
  | 'twin-little-better'
  | 'twins-parted'
  | 'too-early'
  | 'no-gap'
  | 'range';

/** In points. A gap counts when it was at least this large each time that `errors` look back. */
const GAP = 5;

/** Steps before which the nets are said to be hard to tell apart where no gap has held. */
const EARLY = 60;

/** Steps in the running means that the story quotes. */
export const STORY_WINDOW = 30;

/** How many nets that were changed the story names. */
const NAMED = 2;

const now = ({ errors }: StoryLane) => errors.at(-1) ?? Number.NaN;
const words = (text: string): StoryPart => ({ text });
const name = (lane: StoryLane): StoryPart => ({ text: lane.name, lane: lane.name, strong: true });
const error = (lane: StoryLane): StoryPart => ({ text: `${percent(now(lane))}%`, lane: lane.name, strong: true });

function claim(id: ClaimId, lanes: readonly StoryLane[], values: readonly number[], parts: readonly StoryPart[]) {
  return { id, lanes: lanes.map((lane) => lane.name), values, words: parts };
}

/** The smallest of the last gaps between two lanes, in points; NaN where one was not measured. */
function leastGap(worse: StoryLane, better: StoryLane): number {
  return Math.min(...worse.errors.map((value, index) => value - (better.errors[index] ?? Number.NaN)));
}

function hasHeld(worse: StoryLane, better: StoryLane): boolean {
  return leastGap(worse, better) >= GAP;
}

/** Lanes that are and always were of a kind, and that nothing but their spec tells from others: only these compare. */
function comparable(race: StoryRace, kind: ShortcutKind): readonly StoryLane[] {
  return race.lanes.filter(({ fresh, shortcuts }) => fresh && shortcuts.always === kind);
}

/** The residual net that differs from this plain one in its shortcuts alone. */
function twinOf(race: StoryRace, plain: StoryLane): StoryLane | undefined {
  const { net } = plain;
  return comparable(race, 'residual').find(
    (lane) => lane.net.depth === net.depth && lane.net.gains.length > 0 && areSameButDepth(lane.net, net),
  );
}

/** "all 15", "none of its 15", "10 of its 15 shortcuts", and how many of them are at another strength than 1. */
function shortcutsOf({ shortcuts }: StoryLane): string {
  const { now: gains } = shortcuts;
  const open = gains.filter((gain) => gain !== 0);
  const weak = open.filter((gain) => gain !== 1).length;
  const many = open.length === gains.length ? 'all' : open.length === 0 ? 'none of its' : `${open.length} of its`;
  const strength = weak === 0 ? '' : weak === open.length ? ', not at strength 1' : `, ${weak} not at strength 1`;
  return `${many} ${gains.length} shortcuts${strength}`;
}

/** The name, and where the gains are not what it says, how many shortcuts there are. */
function described(lane: StoryLane): readonly StoryPart[] {
  const { net, shortcuts } = lane;
  const expected = shortcuts.now.every((gain) => gain === (net.family === 'residual' ? 1 : 0));
  return expected ? [name(lane)] : [name(lane), words(` with ${shortcutsOf(lane)}`)];
}

/** At step 0. */
export function notStarted({ step, diverged }: StoryRace): readonly Claim[] {
  if (step > 0 || diverged.length > 0) return [];
  return [claim('not-started', [], [], [words('Press Train. All nets see the same images in the same order.')])];
}

/** Where fewer than two lanes can be compared, and why. */
export function tooFew({ lanes, diverged, behind }: StoryRace): readonly Claim[] {
  if (lanes.length > 1) return [];
  const [lane] = lanes;
  if (diverged.length === 0 && behind.length === 0)
    return [claim('alone', lanes, [], [words('One net races alone. Add another to compare it with.')])];
  if (lane === undefined)
    return [
      claim('all-diverged', [], [], [words('No net trains any more: their losses are no longer finite numbers.')]),
    ];
  const reasons = [
    ...(diverged.length > 0 ? [`${listed(diverged)} diverged`] : []),
    ...(behind.length > 0 ? [`${listed(behind)} still ${behind.length === 1 ? 'catches' : 'catch'} up`] : []),
  ];
  const parts = [name(lane), words(' is at '), error(lane), words(` training error; ${reasons.join(', ')}.`)];
  return [claim('not-comparable-yet', [lane], [now(lane)], parts)];
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** A claim for each lane whose gains have changed since step 0: its gains now, and its error at the change and now. */
export function surgery(race: StoryRace): readonly Claim[] {
  const changed = race.lanes
    .flatMap((lane) => (lane.shortcuts.changedAt === null ? [] : [{ lane, at: lane.shortcuts.changedAt }]))
    .sort((a, b) => b.at - a.at);
  const told = changed.slice(0, NAMED).map(({ lane, at }) => {
    const has = `${shortcutsOf(lane)}${lane.shortcuts.asAtStart ? ', as at the start,' : ''}`;
    if (at === race.step)
      return claim(
        'surgery',
        [lane],
        [at, now(lane)],
        [name(lane), words(` has ${has} from the next step on: `), error(lane), words(' training error so far.')],
      );
    const before = lane.errorAtChange;
    const then: readonly StoryPart[] =
      before === null ? [] : [{ text: `${percent(before)}%`, lane: lane.name }, words(' training error then, ')];
    const wait = race.step - at < STORY_WINDOW ? ` (a mean of ${STORY_WINDOW} steps: give it some more)` : '';
    return claim(
      'surgery',
      [lane],
      [at, ...(before === null ? [] : [before]), now(lane)],
      [name(lane), words(` has had ${has} since step ${at}: `), ...then, error(lane), words(` now${wait}.`)],
    );
  });
  const more = changed.slice(NAMED).map(({ lane }) => lane);
  if (more.length === 0) return told;
  const text = `The shortcuts of ${more.length} more ${more.length === 1 ? 'net were' : 'nets were'} changed.`;
  return [...told, claim('more-surgery', more, [more.length], [words(text)])];
}

/** Beside lanes that were changed: where up to three others are. */
export function unchanged({ lanes }: StoryRace): readonly Claim[] {
  const same = lanes.filter(({ shortcuts }) => shortcuts.changedAt === null);
  if (same.length === lanes.length || same.length === 0 || same.length > 3) return [];
  const parts = same.flatMap((lane, index) => [
    words(index === 0 ? '' : ', '),
    ...described(lane),
    words(' is at '),
    error(lane),
  ]);
  return [claim('unchanged', same, same.map(now), [words('Unchanged: '), ...parts, words('.')])];
}

/**
 * Of plain nets that differ in depth alone, where the deepest was behind the shallowest all the time; and what its twin
 * with shortcuts makes of it, whether that is better or not.
 */
export function degradation(race: StoryRace): readonly Claim[] {
  const plain = comparable(race, 'plain').toSorted((a, b) => a.net.depth - b.net.depth);
  for (const shallow of plain) {
    const group = plain.filter((lane) => areSameButDepth(lane.net, shallow.net));
    const deep = group.at(-1);
    if (group[0] !== shallow || deep === undefined || deep.net.depth === shallow.net.depth) continue;
    if (!hasHeld(deep, shallow)) continue;
    const more = deep.net.depth - shallow.net.depth;
    const worse = claim(
      'deeper-is-worse',
      [deep, shallow],
      [race.step, more, now(deep), now(shallow)],
      [
        words(`After ${race.step} steps, ${more} more layers made the plain net worse: `),
        error(deep),
        words(' training error against '),
        error(shallow),
        words('.'),
      ],
    );
    const twin = twinOf(race, deep);
    return twin === undefined || Number.isNaN(now(twin)) ? [worse] : [worse, ofTwin(deep, twin)];
  }
  return [];
}

function ofTwin(deep: StoryLane, twin: StoryLane): Claim {
  const { depth } = deep.net;
  if (hasHeld(deep, twin))
    return claim(
      'twin-cures',
      [twin, deep],
      [depth, now(twin)],
      [words(`With shortcuts, the same ${depth} layers reach `), error(twin), words('.')],
    );
  const start = [words('Its twin with shortcuts, '), name(twin)];
  // As the numbers are read: two that look the same are no gap.
  if (Number(percent(now(twin))) >= Number(percent(now(deep))))
    return claim(
      'twin-no-better',
      [twin, deep],
      [now(twin)],
      [...start, words(', is no better ('), error(twin), words('): shortcuts do not help here.')],
    );
  return claim(
    'twin-little-better',
    [twin, deep],
    [now(twin), now(deep) - now(twin)],
    [
      ...start,
      words(', is at '),
      error(twin),
      words(`: ${percent(now(deep) - now(twin))} points better, and no gap of ${GAP} points has held yet.`),
    ],
  );
}

/** Claims about a plain net and its residual twin where one was behind the other all the time. */
export function twinsParted(race: StoryRace): readonly Claim[] {
  for (const plain of comparable(race, 'plain')) {
    const twin = twinOf(race, plain);
    if (twin === undefined) continue;
    const [worse, better] = hasHeld(plain, twin) ? [plain, twin] : [twin, plain];
    if (!hasHeld(worse, better)) continue;
    return [
      claim(
        'twins-parted',
        [worse, better],
        [race.step, now(worse), now(better)],
        [
          words(`After ${race.step} steps, the twins have parted: `),
          name(worse),
          words(' is at '),
          error(worse),
          words(' training error, '),
          name(better),
          words(' at '),
          error(better),
          words('.'),
        ],
      ),
    ];
  }
  return [];
}

/** Names and numbers alone, of all lanes: that no gap has held where none has, and else the best and the worst. */
export function range({ step, lanes }: StoryRace): readonly Claim[] {
  const known = lanes.filter((lane) => !Number.isNaN(now(lane))).toSorted((a, b) => now(a) - now(b));
  const [best, worst] = [known[0], known.at(-1)];
  const apart = lanes.some((worse) => lanes.some((better) => hasHeld(worse, better)));
  if (best === undefined || worst === undefined || best === worst || (step < EARLY && !apart))
    return [claim('too-early', [], [step], [words(`Step ${step}: too early to tell the nets apart.`)])];
  const start = apart ? `After ${step} steps: from ` : `After ${step} steps no gap of ${GAP} points has held: from `;
  const parts = [
    words(start),
    error(best),
    words(' ('),
    ...described(best),
    words(') to '),
    error(worst),
    words(' ('),
    ...described(worst),
    words(').'),
  ];
  return [claim(apart ? 'range' : 'no-gap', [best, worst], [step, now(best), now(worst)], parts)];
}
