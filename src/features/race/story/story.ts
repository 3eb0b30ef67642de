import { count, percent } from '../../../core/format.ts';
import {
  type Claim,
  degradation,
  notStarted,
  range,
  type StoryPart,
  surgery,
  tooFew,
  twinsParted,
  unchanged,
} from './claims.ts';
import type { StoryRace } from './story-race.ts';

/** From here on training is no longer called early. */
const EARLY_TRAINING = 5000;

/**
 * What a race shows, most important first. Surgery goes before any comparison. Nets are compared only where nothing but
 * what the sentence names tells them apart; else the story has their names and numbers alone.
 */
export function storyClaims(race: StoryRace): readonly Claim[] {
  const waiting = [notStarted, tooFew].map((rule) => rule(race)).find((claims) => claims.length > 0);
  if (waiting !== undefined) return waiting;
  const changed = surgery(race);
  const compared = [degradation, twinsParted].map((rule) => rule(race)).find((claims) => claims.length > 0) ?? [];
  if (changed.length > 0) return [...changed, ...(compared.length > 0 ? compared : unchanged(race))];
  return compared.length > 0 ? compared : range(race);
}

/** The sentences of claims as one text. */
export function storyParts(claims: readonly Claim[]): readonly StoryPart[] {
  return claims.flatMap(({ words }, index) => (index === 0 ? words : [{ text: ' ' }, ...words]));
}

/** The line under the story: what its numbers must be read with. */
export function storyCaveat(answer: string, baseline: number, step: number, seeds = 1): string {
  const of = seeds > 1 ? `Means of ${seeds} seeds` : 'One seed';
  const guessing = `Guessing “${answer}” every time would be wrong ${percent(baseline)}% of the time.`;
  if (step >= EARLY_TRAINING) return `${of}, after ${count(step)} steps. ${guessing}`;
  return `${of}, early in training. ${guessing} In the paper, after full training, plain-56 is a few points behind plain-20; plain-110 hardly learns (error above 60%).`;
}
