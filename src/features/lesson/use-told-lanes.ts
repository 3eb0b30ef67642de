import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { LaneSpec } from '../../core/experiment/experiment.ts';
import { type ClassroomState, coveredLane, coversCurves } from '../classroom/classroom.ts';
import { useLanesNow } from '../lab/use-lanes-now.ts';
import { useClassroomState, useLabState, useLessonState } from '../use-stores.ts';
import { sealedLanes } from './lesson-state.ts';

/** The names of the lanes of which the page may tell nothing: the lesson has sealed them, or a presentation covers them. */
export function untoldLanes(
  lanes: readonly LaneSpec[],
  sealed: readonly string[],
  classroom: ClassroomState,
): readonly string[] {
  if (coversCurves(classroom)) return lanes.map(({ name }) => name);
  const covered = coveredLane(classroom);
  return covered === null ? sealed : [...sealed, covered];
}

/** The same of the race as it is now. */
export function useUntoldLanes(): readonly string[] {
  const lanes = useLabState((state) => state.experiment.lanes);
  const sealed = useLessonState(sealedLanes);
  return useClassroomState(useShallow((state) => untoldLanes(lanes, sealed, state)));
}

/** The nets of the race of which the page may tell something, as they are now. */
export function useToldLanes(): readonly LaneSpec[] {
  const lanes = useLanesNow();
  const untold = useUntoldLanes();
  return useMemo(() => lanes.filter(({ name }) => !untold.includes(name)), [lanes, untold]);
}
