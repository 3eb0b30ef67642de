import { useMemo } from 'react';
import { PRETRAINED } from '../../../core/data/pretrained.ts';
import { usePhotographsState } from '../../use-stores.ts';
import type { NetRun } from '../photographs.ts';
import { type NetScore, scoreOf } from '../results.ts';

/** Scores by run: a run that goes on is another object after every batch. */
const computed = new WeakMap<NetRun, NetScore | null>();

/** The errors of all nets that have answered, in the order of `PRETRAINED`. */
export function useScores(): readonly NetScore[] {
  const set = usePhotographsState((state) => state.set);
  const runs = usePhotographsState((state) => state.runs);
  return useMemo(() => {
    if (set === null) return [];
    return PRETRAINED.flatMap(({ name }) => {
      const run = runs.get(name);
      if (run === undefined) return [];
      const score = computed.get(run) ?? scoreOf(run, set.labels, set.classes.length);
      computed.set(run, score);
      return score === null ? [] : [score];
    });
  }, [set, runs]);
}
