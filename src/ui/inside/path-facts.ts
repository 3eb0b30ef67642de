import type { PathLength } from '../../spec/probe.ts';
import type { PathFacts } from '../../text/readings.ts';

/** Mean length of all paths of a net, and of what they carry. */
export function pathFacts(lengths: readonly Pick<PathLength, 'length' | 'count' | 'total'>[]): Omit<PathFacts, 'lane'> {
  const sum = (of: (one: (typeof lengths)[number]) => number) => lengths.reduce((all, one) => all + of(one), 0);
  const paths = sum(({ count }) => count);
  return {
    paths,
    length: sum(({ length, count }) => length * count) / paths,
    carried: sum(({ length, total }) => length * total) / sum(({ total }) => total),
  };
}
