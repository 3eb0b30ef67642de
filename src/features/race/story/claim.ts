import type { ShortcutHistory } from '../../../core/experiment/surgery.ts';
import { builtGain } from '../../../core/net/net.ts';
import { listed, type MessagePart, say } from '../../../language/say.ts';
import type { StoryLane, StoryRace } from './story-race.ts';

/** A piece of a sentence. */
export interface StoryPart {
  readonly text: string;
  /** Gives it this net's colour. */
  readonly lane?: string;
  /** Whether it is emphasised. */
  readonly strong?: boolean;
}

/** What is said of a race; docs/scripting.md says when. */
export const CLAIM_IDS = [
  'not-started',
  'all-hidden',
  'all-diverged',
  'no-means',
  'alone',
  'not-comparable-yet',
  'surgery',
  'more-surgery',
  'folded',
  'deeper-is-worse',
  'twin-wins-back',
  'twin-no-better',
  'twin-little-better',
  'twin-better',
  'twin-worse',
  'too-early',
  'no-gap',
  'range',
  'errors',
  'diverged',
  'weights-kept',
  'planned',
  'seeds',
  'paper-gap',
  'guessing',
] as const;

export type ClaimId = (typeof CLAIM_IDS)[number];

/** A statement about a race, with the condition that its rule has checked. */
export interface Claim {
  readonly id: ClaimId;
  /** The lanes that it speaks of, in the order of its rule. */
  readonly lanes: readonly string[];
  /** The numbers that it quotes, as they are shown, in the order of the sentence; errors in percent. */
  readonly values: readonly number[];
  /** Where it was published, if it is not measured here. */
  readonly source?: string;
  /** The sentence in the present language. */
  readonly words: readonly StoryPart[];
}

/** Smallest gap in points that is claimed, if it was at least this large each time that the errors look back. */
export const GAP = 5;

/** Steps in the running means that the story quotes. */
export const STORY_WINDOW = 30;

/** How the pieces of a message within a tag look. */
type Tags = Readonly<Record<string, Omit<StoryPart, 'text'>>>;

/** The pieces of a message, coloured and emphasised by their tags. */
export function tagged(pieces: readonly MessagePart[], tags: Tags = {}): readonly StoryPart[] {
  return pieces.map(({ text, tag }) => ({ text, ...(tag === undefined ? {} : tags[tag]) }));
}

export function makeClaim(
  id: ClaimId,
  lanes: readonly StoryLane[],
  values: readonly number[],
  words: Claim['words'],
  source?: string,
): Claim {
  return { id, lanes: lanes.map(({ name }) => name), values, words, ...(source !== undefined && { source }) };
}

/** A lane's mean error at the race's step, with one decimal as it is shown everywhere; NaN if it was not measured. */
export function shownError({ errors }: StoryLane): number {
  return Number((errors.at(-1) ?? Number.NaN).toFixed(1));
}

/** The difference of two shown errors in whole points. */
export function points(worse: StoryLane, better: StoryLane): number {
  // In tenths, whose difference is exact.
  return Math.round((Math.round(shownError(worse) * 10) - Math.round(shownError(better) * 10)) / 10);
}

/** Whether one lane is behind another by at least `GAP` points, and was each time that the errors look back. */
export function hasHeld(worse: StoryLane, better: StoryLane): boolean {
  return worse.errors.every((error, index) => error - (better.errors[index] ?? Number.NaN) >= GAP);
}

/** How many of a lane's shortcuts are open, as its messages choose their words, and whether all of these have gain 1. */
export function openShortcuts({ now }: ShortcutHistory) {
  const open = now.filter((gain) => gain !== 0);
  return {
    open: open.length,
    count: now.length,
    has: open.length === now.length ? 'all' : open.length === 0 ? 'none' : 'some',
    strength: open.some((gain) => gain !== 1) ? 'other' : 'one',
  } as const;
}

/** The lane's name and, if its shortcuts are not those that it was built with, how many it has. */
export function label({ name, net, shortcuts }: StoryLane): string {
  const gain = builtGain(net);
  if (gain !== null && shortcuts.now.every((each) => each === gain)) return name;
  return say('story.labelWithShortcuts', { name, ...openShortcuts(shortcuts) });
}

/** The names of the lanes that diverged, each with how many of the seeds these were unless it is all of them. */
export function divergedNames({ diverged, seeds: of }: StoryRace): string {
  return listed(
    diverged.map(({ name, seeds }) => (seeds < of ? say('story.divergedWith', { name, seeds, of }) : name)),
  );
}
