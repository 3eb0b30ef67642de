import { piecesJoined } from '../../../language/joining.ts';
import { listed, parts, say } from '../../../language/say.ts';
import { type Claim, divergedNames, makeClaim, type StoryPart, shownError, tagged } from './claim.ts';
import { degradation, range, tooFew, twinsParted } from './comparisons.ts';
import type { StoryLane, StoryRace } from './story-race.ts';
import { folds, planned, surgery, weightsKept } from './surgery-claims.ts';

/** From here on training is no longer called early, nor after a drop of the rate. */
const EARLY_TRAINING = 5000;

/** Most nets whose errors are listed under the story. */
const MOST_LISTED = 4;

/** What a race shows so far. */
export interface RaceStory {
  /** The sentences in large type. */
  readonly parts: readonly StoryPart[];
  /** What they must be read with, in small type. */
  readonly caveat: readonly StoryPart[];
  /** All claims, those of the caveat last. */
  readonly claims: readonly Claim[];
}

/**
 * The story of a race, most important claim first. Nets that were operated on go before any comparison. Nets are compared
 * only where nothing but what the sentence names tells them apart; else the story has names and numbers alone.
 */
export function storyOf(race: StoryRace): RaceStory {
  const told = mainClaims(race);
  const caveats = caveatClaims(race, told);
  return { parts: partsOf(told), caveat: partsOf(caveats), claims: [...told, ...caveats] };
}

function mainClaims(race: StoryRace): readonly Claim[] {
  const waiting = tooFew(race);
  const changed = [...surgery(race), ...folds(race)];
  if (waiting?.id === 'alone') return changed.length > 0 ? changed : [waiting];
  if (waiting !== null) return waiting.id === 'not-comparable-yet' ? [...changed, waiting] : [waiting];
  const compared = [degradation, twinsParted].map((rule) => rule(race)).find((claims) => claims.length > 0) ?? [];
  return changed.length + compared.length > 0 ? [...changed, ...compared] : [range(race)];
}

function caveatClaims(race: StoryRace, told: readonly Claim[]): readonly Claim[] {
  const { step } = race;
  // Nothing lies ahead of nets that have all diverged, and nothing is told of those that are hidden.
  if (told.some(({ id }) => ['all-diverged', 'no-means', 'all-hidden'].includes(id))) return [];
  const ahead = planned(race);
  if (told.some(({ id }) => id === 'not-started')) return [...guessing(race), ...ahead];
  if (told.some(({ id }) => ['alone', 'not-comparable-yet', 'too-early'].includes(id)))
    return [...weightsKept(race), ...ahead, ofSeeds(race)];
  const isOf = (ids: readonly string[]) => told.some(({ id }) => ids.includes(id));
  return [
    ...errors(race, told),
    ...weightsKept(race),
    ...ahead,
    ...divergedLanes(race),
    ofSeeds(race),
    ...(isOf(['deeper-is-worse']) && step < EARLY_TRAINING ? [paperGap()] : []),
  ];
}

/** The errors behind a comparison, with the ranges of several seeds; of surgery, those of the nets that were not changed. */
function errors({ step, lanes }: StoryRace, told: readonly Claim[]): readonly Claim[] {
  const inSurgery = new Set(told.filter(({ id }) => /surgery|folded/.test(id)).flatMap((each) => each.lanes));
  const compared = new Set(told.filter(({ id }) => /deeper|twin|range|gap/.test(id)).flatMap((each) => each.lanes));
  const isChosen = ({ name }: StoryLane) => (compared.size > 0 ? compared.has(name) : !inSurgery.has(name));
  const chosen = lanes.filter((lane) => isChosen(lane) && !Number.isNaN(shownError(lane))).slice(0, MOST_LISTED);
  if (chosen.length === 0) return [];
  const values = chosen.flatMap((lane) => [
    shownError(lane),
    ...(lane.range === null ? [] : [lane.range.low, lane.range.high]),
  ]);
  const names = chosen.map((lane) =>
    lane.range === null
      ? say('story.netError', { name: lane.name, error: shownError(lane) })
      : say('story.netErrorRange', {
          name: lane.name,
          error: shownError(lane),
          low: lane.range.low,
          high: lane.range.high,
        }),
  );
  return [makeClaim('errors', chosen, [step, ...values], tagged(parts('story.errors', { step, nets: listed(names) })))];
}

function divergedLanes(race: StoryRace): readonly Claim[] {
  const { diverged } = race;
  if (diverged.length === 0) return [];
  const words = tagged(parts('story.diverged', { count: diverged.length, nets: divergedNames(race) }));
  return [{ id: 'diverged', lanes: diverged.map(({ name }) => name), values: [diverged.length], words }];
}

function ofSeeds({ seeds, step, ended, hasDropped }: StoryRace): Claim {
  const when = step >= EARLY_TRAINING || hasDropped ? 'late' : ended ? 'early' : 'running';
  return makeClaim('seeds', [], [seeds, step], tagged(parts('story.seeds', { seeds, step, when })));
}

function paperGap(): Claim {
  const source = 'He et al. 2015, section 4.2, figure 6';
  return makeClaim('paper-gap', [], [56, 20, 110, 60], tagged(parts('story.paperGap')), source);
}

function guessing({ majority, lanes }: StoryRace): readonly Claim[] {
  if (majority === null) return [];
  const { answer, error } = majority;
  // Loaded weights have learned, if not here.
  const learned = lanes.every(({ fresh }) => fresh) ? 'nothing' : 'perhaps';
  return [makeClaim('guessing', [], [error], tagged(parts('story.guessing', { learned, answer, error })))];
}

/** The sentences of claims as one text. */
function partsOf(claims: readonly Claim[]): readonly StoryPart[] {
  return piecesJoined(claims.map(({ words }) => words));
}
