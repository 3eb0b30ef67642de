import type { PhotoAnswer } from '../../core/data/photographs.ts';
import { GUESSES, pretrainedOf } from '../../core/data/pretrained.ts';
import { multiplyAdds } from '../../core/net/cost.ts';
import { buildGraph } from '../../core/net/graph.ts';
import type { ZooNet } from '../../core/net/net.ts';
import type { Records } from '../figures/csv.ts';

/** A share of photographs that a net errs on, 0 to 1, with its standard error. */
export interface ErrorShare {
  readonly error: number;
  readonly standardError: number;
}

/** The errors of one net on the photographs that it has classified. */
export interface NetScore {
  readonly name: string;
  readonly net: ZooNet;
  readonly multiplyAdds: number;
  readonly photos: number;
  readonly top1: ErrorShare;
  /** Null where there are no more classes than guesses. */
  readonly top5: ErrorShare | null;
  readonly imagesPerSecond: number;
}

/** What a net has answered. */
export interface NetAnswers {
  readonly name: string;
  readonly answers: readonly PhotoAnswer[];
  /** How many photographs it has classified: more than `answers`, where fewer are used since. */
  readonly done: number;
  /** Total duration of the forward passes of all that it has classified. */
  readonly milliseconds: number;
  /** How many classes it tells apart. */
  readonly classes: number;
}

/** The errors of a net; null while it has classified nothing. */
export function scoreOf(
  { name, answers, done, milliseconds, classes }: NetAnswers,
  labels: readonly number[],
): NetScore | null {
  const photos = answers.length;
  if (photos === 0) return null;
  let [first, five] = [0, 0];
  for (const { photo, guesses } of answers) {
    const label = labels[photo] ?? -1;
    if (guesses[0] === label) first += 1;
    if (guesses.includes(label)) five += 1;
  }
  const { net, input } = pretrainedOf(name);
  return {
    name,
    net,
    multiplyAdds: multiplyAdds(buildGraph(net, input.crop, classes)),
    photos,
    top1: errorShare(photos - first, photos),
    top5: classes > GUESSES ? errorShare(photos - five, photos) : null,
    imagesPerSecond: milliseconds === 0 ? 0 : (1000 * done) / milliseconds,
  };
}

/**
 * A share of n independent photographs. Its standard error is that of Agresti and Coull 1998, with two errors and two right answers
 * added: the usual one would be 0 where a net errs on all of few photographs, or on none.
 */
function errorShare(errors: number, photos: number): ErrorShare {
  const share = (errors + 2) / (photos + 4);
  return { error: errors / photos, standardError: Math.sqrt((share * (1 - share)) / (photos + 4)) };
}

/** Photographs of one class that a net took for another. */
export interface Confusion {
  readonly truth: number;
  readonly told: number;
  readonly photos: readonly number[];
}

/** What a net confuses, the most frequent first; of equal ones the lower class comes first. */
export function confusionsOf(answers: readonly PhotoAnswer[], labels: readonly number[]): readonly Confusion[] {
  const cells = new Map<string, { readonly truth: number; readonly told: number; readonly photos: number[] }>();
  for (const { photo, guesses } of answers) {
    const [truth = -1, told = -1] = [labels[photo], guesses[0]];
    if (truth === told) continue;
    const key = `${truth} ${told}`;
    const cell = cells.get(key) ?? { truth, told, photos: [] };
    cell.photos.push(photo);
    cells.set(key, cell);
  }
  return [...cells.values()].sort((a, b) => b.photos.length - a.photos.length || a.truth - b.truth || a.told - b.told);
}

/** Which answers count: the first, or any of the first five. */
export type ErrorKind = 'top1' | 'top5';

/** How many pairs of nets are told apart by their errors on the photographs that both have classified. */
export interface PairsTold {
  readonly pairs: number;
  /** Pairs whose difference, less the correction for continuity, is more than two standard errors of it. */
  readonly told: number;
}

/**
 * Compares nets pair by pair. Both answer for the same photographs, so only those count on which one alone errs: McNemar's
 * test of 1947, with Edwards' correction of 1948, without which two of two photographs would tell nets apart.
 */
export function pairsTold(runs: readonly NetAnswers[], labels: readonly number[], kind: ErrorKind): PairsTold {
  const errors = runs.map((run) => errorsOf(run, labels, kind));
  let [pairs, told] = [0, 0];
  for (const [nth, one] of errors.entries()) {
    for (const other of errors.slice(nth + 1)) {
      let [both, oneAlone, otherAlone] = [0, 0, 0];
      for (let photo = 0; photo < labels.length; photo++) {
        const [mine, theirs] = [one[photo] ?? UNANSWERED, other[photo] ?? UNANSWERED];
        if (mine === UNANSWERED || theirs === UNANSWERED) continue;
        both += 1;
        if (mine > theirs) oneAlone += 1;
        if (theirs > mine) otherAlone += 1;
      }
      if (both < 2) continue;
      pairs += 1;
      if (Math.abs(oneAlone - otherAlone) - 1 > 2 * Math.sqrt(oneAlone + otherAlone)) told += 1;
    }
  }
  return { pairs, told };
}

const UNANSWERED = -1;

/** Errors by kind, labels and run: a batch of one net leaves those of the others. */
const known: Readonly<Record<ErrorKind, WeakMap<readonly number[], WeakMap<NetAnswers, Int8Array>>>> = {
  top1: new WeakMap(),
  top5: new WeakMap(),
};

/** By photograph 1 for an error, 0 for none, or `UNANSWERED`: with 50,000 photographs, maps would take 40 times longer. */
function errorsOf(run: NetAnswers, labels: readonly number[], kind: ErrorKind): Int8Array {
  const byRun = known[kind].get(labels) ?? new WeakMap<NetAnswers, Int8Array>();
  known[kind].set(labels, byRun);
  const before = byRun.get(run);
  if (before !== undefined) return before;
  const errors = new Int8Array(labels.length).fill(UNANSWERED);
  for (const { photo, guesses } of run.answers) {
    const label = labels[photo] ?? -1;
    const isRight = kind === 'top1' ? guesses[0] === label : guesses.includes(label);
    errors[photo] = isRight ? 0 : 1;
  }
  byRun.set(run, errors);
  return errors;
}

/** The table as numbers to save. Errors are shares, 0 to 1. */
export function scoreRecords(scores: readonly NetScore[]): Records {
  return {
    heads: [
      ...['net', 'layers', 'multiply-adds', 'photographs'],
      ...['top-1 error', 'top-1 standard error', 'top-5 error', 'top-5 standard error', 'images per second'],
    ],
    rows: scores.map(({ name, net, multiplyAdds: adds, photos, top1, top5, imagesPerSecond }) => [
      name,
      net.depth,
      adds,
      photos,
      top1.error,
      top1.standardError,
      top5?.error ?? Number.NaN,
      top5?.standardError ?? Number.NaN,
      imagesPerSecond,
    ]),
  };
}
