import * as v from 'valibot';
import { LIMITS } from '../../../core/experiment/parse/parse.ts';
import { integer } from '../../../core/experiment/parse/parse-values.ts';
import { formatCount, percent } from '../../../core/format.ts';
import type { StoryPart } from '../../race/story/claims.ts';
import { after, words } from '../readings.ts';
import type { BarsProbe, Finding, ProbeBars } from './probe.ts';

/** Follows all paths of a length where there are at most `samples`, else `samples` random ones. */
export interface PathsRequest {
  readonly name: 'paths';
  readonly samples: number;
  readonly seed: number;
}

/** All paths of one length, which is the number of branches that a path goes through. */
export interface PathLength {
  readonly length: number;
  /** How many there are: C(shortcuts, length - cut) with `cut` blocks whose gain is 0. Exact up to 2^53. */
  readonly count: number;
  /** Mean over the paths that were followed of the norm of what each carries of the loss's gradient by the images. */
  readonly perPath: number;
  /** count * perPath: Veit et al. 2016, figure 6c. */
  readonly total: number;
  /** How many were followed, and whether these are all. */
  readonly followed: number;
  readonly exact: boolean;
}

/** A net of n blocks with shortcuts as its 2^n paths (Veit et al. 2016, section 4.2 and figure 6). */
export interface PathsResult extends Finding<'paths'> {
  readonly blocks: number;
  /** Blocks whose gain is 0: every path goes through their branches. */
  readonly cut: number;
  /** From the shortest that there is to the longest. */
  readonly lengths: readonly PathLength[];
  /** Norm of the whole gradient by the images, all paths together. */
  readonly gradient: number;
}

const defaults: PathsRequest = { name: 'paths', samples: 16, seed: 1 };

/** A share in percent of each length; 0 where there is nothing to share. */
function shares(
  key: string,
  title: string,
  of: (length: PathLength) => number,
  text: (length: PathLength, share: number) => string,
): ProbeBars<PathsResult> {
  return {
    key,
    title,
    bars({ lengths }) {
      const whole = lengths.reduce((sum, each) => sum + of(each), 0);
      return lengths.map((each) => {
        const value = whole > 0 ? (100 * of(each)) / whole : 0;
        return { at: each.length, value, text: text(each, value) };
      });
    },
    categories: ({ blocks }) =>
      Array.from({ length: blocks + 1 }, (_, length) => {
        return { at: length, name: `length ${length}`, tick: length === 0 ? 'length 0' : String(length) };
      }),
    y: { include: [0], unit: '%' },
  };
}

export const paths: BarsProbe<PathsRequest, PathsResult> = {
  title: 'Paths through the net, by length',
  short: 'Paths',
  source:
    'After Veit et al. 2016, figure 6: n blocks with shortcuts are 2ⁿ paths; a length counts the branches on the way. What each length carries of the gradient is from a sample.',
  schema: v.strictObject({
    name: v.literal('paths'),
    samples: v.optional(integer({ min: 1, max: 4096 }), defaults.samples),
    seed: v.optional(integer(LIMITS.seed), defaults.seed),
  }),
  defaults,
  columns: ['length', 'paths', 'gradient of one path', 'gradient of all', 'followed', 'all followed'],
  rows: ({ lengths }) =>
    lengths.map(({ length, count, perPath, total, followed, exact }) => {
      return [length, count, perPath, total, followed, exact];
    }),
  bars: [
    shares(
      'counts',
      'share of all paths',
      ({ count }) => count,
      ({ count }) => (count === 1 ? '1 path' : `${formatCount(count)} paths`),
    ),
    shares(
      'carried',
      'share of what they carry',
      ({ total }) => total,
      (_, share) => `${percent(share)}%`,
    ),
  ],
  reading: (step, nets) =>
    nets.flatMap(({ net, now }, index): readonly StoryPart[] => {
      const { count, length, carried } = pathFacts(now.lengths);
      return [
        words(index === 0 ? `${after(step)}, ` : ' '),
        { text: net.name, lane: net.name },
        ...(count === 1
          ? [words(` is one path through all ${length.toFixed(0)} branches.`)]
          : [
              words(
                ` is ${formatCount(count)} paths, ${length.toFixed(1)} branches long on average; what they carry of the gradient comes by paths that are `,
              ),
              { text: carried.toFixed(1), lane: net.name },
              words(' long.'),
            ]),
      ];
    }),
};

/** The number of a net's paths, their mean length, and the mean length of what they carry. */
export function pathFacts(lengths: readonly Pick<PathLength, 'length' | 'count' | 'total'>[]) {
  const sum = (of: (one: (typeof lengths)[number]) => number) => lengths.reduce((all, one) => all + of(one), 0);
  const count = sum((one) => one.count);
  return {
    count,
    length: sum((one) => one.length * one.count) / count,
    carried: sum((one) => one.length * one.total) / sum(({ total }) => total),
  };
}
