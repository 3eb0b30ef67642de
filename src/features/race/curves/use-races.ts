import { useCallback, useMemo } from 'react';
import { meanOverSeeds, seedCount } from '../../../charts/series/seeds.ts';
import type { Series } from '../../../charts/series/series.ts';
import { areRepeats, reachOf } from '../../../core/experiment/comparison.ts';
import { coveredLane } from '../../classroom/classroom.ts';
import { isLocked, sealedLanes } from '../../lesson/lesson-state.ts';
import { fits } from '../../records/ghost.ts';
import {
  useAutosaveState,
  useClassroomState,
  useGhostState,
  useLabState,
  useLessonState,
  useRepeatsState,
  useRunsState,
} from '../../use-stores.ts';
import { haveMeans, type PastRace, pastRaces, recordedRace, withRepeats } from './past-races.ts';
import { liveSeries } from './series.ts';

export interface Races {
  /** The live race, or where that is wanted the means over all its seeds. */
  readonly series: readonly Series[];
  /** Over how many seeds there are means; 0 where there is one alone. */
  readonly seeds: number;
  readonly past: readonly PastRace[];
}

/** Whether the figures show means over seeds, of which the live race is one. Surgery renders nothing that asks for it. */
export function useShowsMeans(): boolean {
  const runs = useRunsState((state) => state.runs);
  const current = useAutosaveState((state) => state.current);
  const showing = useRepeatsState((state) => state.showing);
  const covered = useClassroomState(coveredLane);
  const sealed = useLessonState(sealedLanes);
  const mayShow = showing && covered === null && sealed.length === 0;
  return useLabState(
    useCallback(
      ({ experiment, step }) => {
        if (!mayShow) return false;
        const repeats = runs.filter((run) => run.id !== current && areRepeats(run.experiment, experiment));
        return haveMeans(step > 0, experiment.recipe.seed, repeats);
      },
      [mayShow, runs, current],
    ),
  );
}

/**
 * What the figures show: the live race, its repeats with other seeds, and the runs that it is compared with. Lanes that
 * a presentation covers or the lesson has sealed are left out, and with them all other races, which may tell of them. No
 * record stands behind a question of the lesson that it would answer.
 */
export function useRaces(): Races {
  const experiment = useLabState((state) => state.experiment);
  const step = useLabState((state) => state.step);
  const curves = useLabState((state) => state.curves);
  const runs = useRunsState((state) => state.runs);
  const ticked = useRunsState((state) => state.shown);
  const current = useAutosaveState((state) => state.current);
  const showing = useShowsMeans();
  const covered = useClassroomState(coveredLane);
  const sealed = useLessonState(sealedLanes);
  const isAsking = useLessonState(isLocked);
  const recorded = useGhostState(({ record }) => record);
  const live = useMemo(
    () => liveSeries(experiment, curves).filter(({ name }) => name !== covered && !sealed.includes(name)),
    [experiment, curves, covered, sealed],
  );
  const others = useMemo(() => runs.filter(({ id }) => id !== current), [runs, current]);
  const repeats = useMemo(() => others.filter((run) => areRepeats(run.experiment, experiment)), [others, experiment]);
  const means = useMemo(() => {
    const race = { step: reachOf({ step, curves: curves.values() }), lanes: live };
    const all = meanOverSeeds(withRepeats(race, experiment.recipe.seed, repeats));
    // They stand for the live lanes, which other parts of the page point at by name.
    return all.map((one) => ({ ...one, id: one.name }));
  }, [repeats, experiment, step, curves, live]);
  const showsOthers = covered === null && sealed.length === 0;
  const showsMeans = showing && means.length > 0;
  const kept = useMemo(() => {
    // The means have them.
    const compared = showsMeans ? others.filter((run) => !repeats.includes(run)) : others;
    return pastRaces(
      compared.filter(({ id }) => showsOthers && ticked.has(id)),
      experiment,
    );
  }, [others, repeats, ticked, showsMeans, experiment, showsOthers]);
  const past = useMemo(() => {
    const isShown = recorded !== null && showsOthers && !isAsking && fits(recorded, experiment);
    return isShown ? [...kept, recordedRace(recorded, experiment, kept.length)] : kept;
  }, [kept, recorded, experiment, showsOthers, isAsking]);
  return { series: showsMeans ? means : live, seeds: showsOthers ? seedCount(means) : 0, past };
}
