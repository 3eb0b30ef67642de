import * as v from 'valibot';
import { LIMITS } from '../../../core/experiment/limits.ts';
import { integer } from '../../../core/experiment/parse/parse-values.ts';
import { formatCount, formatNumber, percent } from '../../../core/format.ts';
import { hasRepBranches } from '../../../core/net/net.ts';
import { listed, parts, say } from '../../../language/say.ts';
import { claim, type FigureClaim, remark, whenText } from '../readings.ts';
import type { BarsProbe, Compared, Finding, ProbeBars } from './probe.ts';

/**
 * Follows all paths of a length if there are at most `samples`, else `samples` random ones. In a net with many lengths it
 * follows fewer, and those of some lengths alone.
 */
export interface PathsRequest {
  readonly name: 'paths';
  readonly samples: number;
  readonly seed: number;
}

/** All paths of one length: the number of branches that a path goes through. */
export interface PathLength {
  readonly length: number;
  /** How many there are: C(shortcuts, length - cut) with `cut` blocks whose gain is 0. Exact up to 2^53. */
  readonly count: number;
  /**
   * Mean norm, over the followed paths, of a path's part of the loss's gradient with respect to the images; where none is
   * followed, interpolated between the next lengths.
   */
  readonly perPath: number;
  /** count * perPath: Veit et al. 2016, figure 6c. Norms do not add up, so these have no meaningful sum. */
  readonly total: number;
  /** How many were followed, and whether these are all. */
  readonly followed: number;
  readonly exact: boolean;
}

/** A net of n blocks with shortcuts as its 2^n paths (Veit et al. 2016, section 5 and figure 6). */
export interface PathsResult extends Finding<'paths'> {
  readonly blocks: number;
  /** Blocks whose gain is 0: every path goes through their branches. */
  readonly cut: number;
  /** From the shortest possible length to the longest. */
  readonly lengths: readonly PathLength[];
  /** Norm of the whole gradient with respect to the images, all paths together. */
  readonly gradient: number;
}

const defaults: PathsRequest = { name: 'paths', samples: 16, seed: 1 };

/** A share in percent of each length; 0 if there is nothing to share, NaN if that is no finite number. */
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
        // Of a net that has diverged nothing has a share.
        const value = whole === 0 ? 0 : (100 * of(each)) / whole;
        return { at: each.length, value, text: text(each, value) };
      });
    },
    categories: ({ blocks }) =>
      Array.from({ length: blocks + 1 }, (_, length) => {
        const name = say('insight.pathsLength', { length });
        return { at: length, name, tick: length === 0 ? name : String(length) };
      }),
    y: { include: [0], unit: '%' },
  };
}

export const paths: BarsProbe<PathsRequest, PathsResult> = {
  schema: v.strictObject({
    name: v.literal('paths'),
    samples: v.optional(integer({ min: 1, max: 4096 }), defaults.samples),
    seed: v.optional(integer(LIMITS.seed), defaults.seed),
  }),
  defaults,
  heads: ['length', 'paths', 'gradient of one path', 'gradient of all', 'followed', 'all followed'],
  rows: ({ blocks, lengths }) =>
    (blocks === 0 ? [] : lengths).map(({ length, count, perPath, total, followed, exact }) => {
      return [length, count, perPath, total, followed, exact];
    }),
  bars: () => [
    shares(
      'counts',
      say('insight.pathsCounts'),
      ({ count }) => count,
      ({ count }) => say('insight.pathsCount', { text: formatCount(count), count }),
    ),
    shares(
      'carried',
      say('insight.pathsCarried'),
      ({ total }) => total,
      (_, share) => (Number.isFinite(share) ? `${percent(share)}%` : say('insight.noNumber')),
    ),
  ],
  fits: ({ blocks }) => blocks > 0,
  reading(_, nets) {
    const without = nets.filter(({ now }) => now.blocks === 0).map(({ net: { name } }) => name);
    const withBeside = nets.filter(({ spec, now }) => now.blocks > 0 && hasRepBranches(spec));
    const beside = withBeside.map(({ net: { name } }) => name);
    return [
      ...nets.filter(({ now }) => now.blocks > 0).map(readingOf),
      ...(beside.length === 0
        ? []
        : [remark('ways-beside-layers', beside, say('insight.pathsBeside', { nets: listed(beside) }))]),
      ...(without.length === 0
        ? []
        : [remark('no-sums', without, say('insight.pathsNone', { nets: listed(without), count: without.length }))]),
    ];
  },
};

function readingOf({ net: { name }, spec, now }: Compared<PathsResult>): FigureClaim {
  const { count, length, carried } = pathFacts(now.lengths);
  const norm = formatNumber(now.gradient);
  // Of a net that has diverged the number of paths is known, but not what they carry.
  const number = (value: number) => [
    { lane: name, value: Number.isFinite(now.gradient) ? value : Number.NaN, said: [] },
  ];
  if (count === 1) {
    const values = { when: whenText(now.step), net: name, length: Math.round(length), norm };
    return hasRepBranches(spec)
      ? claim('no-shortcut-around', number(length), parts('insight.pathsNoShortcut', values))
      : claim('one-path', number(length), parts('insight.pathsOne', values));
  }
  const values = {
    when: whenText(now.step),
    net: name,
    count: formatCount(count),
    length: length.toFixed(1),
    carried: carried.toFixed(1),
  };
  return claim('many-paths', number(carried), parts('insight.pathsMany', { ...values, norm }));
}

/** The number of a net's paths, their mean length, and the mean length weighted by count × mean norm. */
export function pathFacts(lengths: readonly Pick<PathLength, 'length' | 'count' | 'total'>[]) {
  const sum = (of: (one: (typeof lengths)[number]) => number) => lengths.reduce((all, one) => all + of(one), 0);
  const count = sum((one) => one.count);
  return {
    count,
    length: sum((one) => one.length * one.count) / count,
    carried: sum((one) => one.length * one.total) / sum(({ total }) => total),
  };
}
