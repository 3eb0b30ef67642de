import { parts } from '../../../language/say.ts';
import { type Claim, makeClaim, openShortcuts, STORY_WINDOW, shownError, tagged } from './claim.ts';
import type { PlannedSurgery, StoryLane, StoryRace } from './story-race.ts';

/** How many nets that were changed, and how many planned changes, have a sentence of their own. */
const NAMED = 2;

/** What happened to all shortcuts of a lane at once; 'other' where it was anything else. */
export type Deed = 'got' | 'back' | 'lost' | 'other';

/** What a change of gains from `before` to `after` is, of a lane that began with `first`. */
function deedOf(first: readonly number[], before: readonly number[], after: readonly number[]): Deed {
  const all = (gains: readonly number[], value: number) => gains.every((gain) => gain === value);
  if (before.length !== after.length) return 'other';
  if (all(before, 0) && all(after, 1)) return all(first, 1) ? 'back' : 'got';
  return all(before, 1) && all(after, 0) ? 'lost' : 'other';
}

/** A claim for each lane whose gains were changed, the last change first: what it has now, its error then and now. */
export function surgery(race: StoryRace): readonly Claim[] {
  const changed = race.lanes
    .filter((lane) => lane.shortcuts.changedAt === race.step || !Number.isNaN(shownError(lane)))
    .flatMap((lane) => (lane.shortcuts.changedAt === null ? [] : [{ lane, at: lane.shortcuts.changedAt }]))
    .sort((a, b) => a.at - b.at);
  const named = changed.slice(-NAMED);
  const told = named.map(({ lane, at }, index) =>
    at === race.step ? fromNextStep(lane, at) : thenAndNow(lane, at, named[index - 1]?.at === at),
  );
  const more = changed.slice(0, -NAMED).map(({ lane }) => lane);
  if (more.length === 0) return told;
  const count = more.length;
  return [...told, makeClaim('more-surgery', more, [count], tagged(parts('story.moreSurgery', { count })))];
}

function thenAndNow(lane: StoryLane, step: number, isSameStep: boolean): Claim {
  const { name, shortcuts, errorAtChange } = lane;
  const error = shownError(lane);
  const before = errorAtChange === null ? null : Number(errorAtChange.toFixed(1));
  const deed = deedOf(shortcuts.first, shortcuts.before, shortcuts.now);
  const net = { lane: name, strong: true };
  const values = { name, step, error, before: before ?? 0, earlier: before === null ? 'unknown' : 'known' } as const;
  const pieces =
    deed === 'other'
      ? parts('story.changed', { ...values, ...openShortcuts(shortcuts) })
      : parts('story.surgery', { ...values, deed, when: isSameStep ? 'same' : 'at' });
  const words = tagged(pieces, { net, now: net });
  return makeClaim('surgery', [lane], [step, ...(before === null ? [] : [before]), error], words);
}

function fromNextStep(lane: StoryLane, step: number): Claim {
  const { name, shortcuts } = lane;
  const error = shownError(lane);
  const net = { lane: name, strong: true };
  return makeClaim(
    'surgery',
    [lane],
    Number.isNaN(error) ? [step] : [step, error],
    tagged(
      parts('story.fromNextStep', {
        name,
        ...openShortcuts(shortcuts),
        error: Number.isNaN(error) ? 0 : error,
        earlier: Number.isNaN(error) ? 'unknown' : 'known',
      }),
      { net, now: net },
    ),
  );
}

/** A claim for each of the last lanes whose RepVGG branches were folded: its error then and now. */
export function folds(race: StoryRace): readonly Claim[] {
  const folded = race.lanes.filter(({ fold }) => fold !== null).slice(-NAMED);
  return folded.flatMap((lane) => {
    const { name, fold } = lane;
    const error = shownError(lane);
    if (fold === null || Number.isNaN(error)) return [];
    const before = fold.error === null ? null : Number(fold.error.toFixed(1));
    const net = { lane: name, strong: true };
    const { step, of } = fold;
    return makeClaim(
      'folded',
      [lane],
      [step, ...(before === null ? [] : [before]), error],
      tagged(
        parts('story.folded', {
          name,
          of,
          step,
          error,
          before: before ?? 0,
          earlier: before === null ? 'unknown' : 'known',
        }),
        { net, now: net },
      ),
    );
  });
}

/** What the numbers after surgery must be read with. */
export function weightsKept(race: StoryRace): readonly Claim[] {
  if (race.lanes.every(({ shortcuts }) => shortcuts.changedAt === null)) return [];
  return [makeClaim('weights-kept', [], [STORY_WINDOW], tagged(parts('story.weightsKept', { window: STORY_WINDOW })))];
}

/** The next changes that are planned for later steps. */
export function planned(race: StoryRace): readonly Claim[] {
  return race.planned.slice(0, NAMED).map((change: PlannedSurgery) => {
    const { name, step, first, before, after } = change;
    const deed = deedOf(first, before, after);
    const count = after.filter((gain, index) => gain !== before[index]).length;
    return {
      id: 'planned',
      lanes: [name],
      values: [step, count],
      words: tagged(parts('story.planned', { name, step, deed, count })),
    };
  });
}
