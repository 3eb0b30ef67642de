import { useMemo } from 'react';
import { PRETRAINED } from '../../../core/data/pretrained.ts';
import { usePhotographsState } from '../../use-stores.ts';
import { type NetScore, scoreOf } from '../results.ts';
import { answersOn, chosen, type NetRun } from '../state.ts';

/** The photographs that are used, as a set. */
export function useWanted(): ReadonlySet<number> {
  const set = usePhotographsState((state) => state.set);
  const most = usePhotographsState((state) => state.most);
  return useMemo(() => new Set(chosen({ set, most })), [set, most]);
}

/** The runs of all nets that were asked, in the order of `PRETRAINED`, each with its answers on the photographs that are used. */
export function useRuns(): readonly NetRun[] {
  const wanted = useWanted();
  const runs = usePhotographsState((state) => state.runs);
  /** A run that goes on is another object after every batch. */
  const known = useMemo(() => ({ of: wanted, runs: new WeakMap<NetRun, NetRun>() }), [wanted]);
  return useMemo(
    () =>
      PRETRAINED.flatMap(({ name }) => {
        const run = runs.get(name);
        if (run === undefined) return [];
        const own = known.runs.get(run) ?? { ...run, answers: answersOn(known.of, run) };
        known.runs.set(run, own);
        return [own];
      }),
    [known, runs],
  );
}

/** Scores by run. */
const computed = new WeakMap<NetRun, NetScore | null>();

/** The errors of all nets that have answered, in the order of `PRETRAINED`. */
export function useScores(): readonly NetScore[] {
  const set = usePhotographsState((state) => state.set);
  const runs = useRuns();
  return useMemo(() => {
    if (set === null) return [];
    return runs.flatMap((run) => {
      const score = computed.get(run) ?? scoreOf(run, set.labels);
      computed.set(run, score);
      return score === null ? [] : [score];
    });
  }, [set, runs]);
}
