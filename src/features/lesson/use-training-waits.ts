import { useLabState, useLessonState } from '../use-stores.ts';
import { stepAt, trainingWaits } from './lesson-state.ts';

/** What has to be done in the lesson before the race may train on; null where it may. */
export function useTrainingWaits(): 'answer' | 'deed' | null {
  const on = useLessonState((state) => state.on);
  const chapter = useLessonState((state) => state.chapter);
  const position = useLessonState((state) => state.position);
  return useLabState((lab) => trainingWaits({ on, chapter, position }, lab));
}

/** The same for a step in slow motion, which may be the deed itself. */
export function useSlowStepWaits(): boolean {
  const waits = useTrainingWaits() !== null;
  const isDeed = useLessonState((state) => stepAt(state)?.deed.type === 'slow-motion');
  return waits && !isDeed;
}
