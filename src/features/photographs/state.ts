import type { PhotoAnswer, PhotoSet } from '../../core/data/photographs.ts';
import type { LoadProgress } from '../../core/data/pretrained.ts';
import { spreadOrder } from '../../core/spread-order.ts';
import type { Phrase } from '../../language/sentence.ts';

/** What one net has said of the photographs so far. */
export interface NetRun {
  readonly name: string;
  /** Grows in place; `done` counts the photographs that are answered. */
  readonly answers: readonly PhotoAnswer[];
  readonly done: number;
  readonly milliseconds: number;
  /** How many classes the net tells apart; 0 until it is loaded. */
  readonly classes: number;
  /** Why the net was given up; null where it was not. */
  readonly problem: Phrase | null;
  /** Why the browser does not keep the weights that were downloaded for it; null where it does, and of a person's own file. */
  readonly unkept: Phrase | null;
}

/** What the run is doing: listing the photographs again for a worker that has lost them, loading a net, or classifying. */
export type Activity =
  | { readonly type: 'listing'; readonly net: null; readonly photos: number }
  | { readonly type: 'loading'; readonly net: string; readonly progress: LoadProgress }
  | { readonly type: 'classifying'; readonly net: string };

/** A weights file that a person gave. */
export interface GivenWeights {
  readonly name: string;
  readonly blob: Blob;
}

export interface PhotographsState {
  /** Photographs found so far while files are listed; null while none are. */
  readonly listing: number | null;
  readonly set: PhotoSet | null;
  /** How many of the photographs are used, evenly spread over the list; all where there are fewer. */
  readonly most: number;
  /** Weights files that a person gave, by net. */
  readonly weights: ReadonlyMap<string, GivenWeights>;
  /** Names of weights files that hold none of the nets. */
  readonly unrecognised: readonly string[];
  /** Weights files that were given together with a later one of the same net, which is used. */
  readonly passedOver: readonly { readonly file: string; readonly net: string }[];
  /** Nets that are left out, or taken in although their weights must be downloaded. */
  readonly switched: ReadonlyMap<string, boolean>;
  readonly runs: ReadonlyMap<string, NetRun>;
  /** Photographs that cannot be decoded, and why. */
  readonly unread: ReadonlyMap<number, Phrase>;
  /** Photographs whose files could not be read, and why; the next run tries again. */
  readonly missed: ReadonlyMap<number, Phrase>;
  readonly activity: Activity | null;
  readonly failure: Phrase | null;
}

/** What a net has said of the photographs that are used: of more, where they were more before. */
export function answersOn(wanted: ReadonlySet<number>, { answers }: NetRun): readonly PhotoAnswer[] {
  return answers.filter(({ photo }) => wanted.has(photo));
}

/**
 * The photographs that are used: spread evenly over the list, which is in the order of the files and often sorted by class.
 * Fewer are always among more.
 */
export function chosen({ set, most }: Pick<PhotographsState, 'set' | 'most'>): readonly number[] {
  return spreadOrder(set?.labels.length ?? 0, most).toSorted((a, b) => a - b);
}
