import { useMemo } from 'react';
import type { LaneSpec } from '../../core/experiment/experiment.ts';
import { useLabState, useLessonState } from '../use-stores.ts';
import { sealedLanes } from './lesson-state.ts';

/** The nets of the race of which the page may tell something: all but those that the lesson has sealed. */
export function useToldLanes(): readonly LaneSpec[] {
  const lanes = useLabState((state) => state.experiment.lanes);
  const sealed = useLessonState(sealedLanes);
  return useMemo(() => lanes.filter(({ name }) => !sealed.includes(name)), [lanes, sealed]);
}
