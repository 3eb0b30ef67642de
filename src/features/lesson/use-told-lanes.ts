import { useMemo } from 'react';
import type { LaneSpec } from '../../core/experiment/experiment.ts';
import { useLanesNow } from '../race/use-lanes-now.ts';
import { useLessonState } from '../use-stores.ts';
import { sealedLanes } from './lesson-state.ts';

/** The nets of the race of which the page may tell something, as they are now: all but those that the lesson has sealed. */
export function useToldLanes(): readonly LaneSpec[] {
  const lanes = useLanesNow();
  const sealed = useLessonState(sealedLanes);
  return useMemo(() => lanes.filter(({ name }) => !sealed.includes(name)), [lanes, sealed]);
}
