import { useEffect, useState } from 'react';
import { sealedLanes } from '../features/lesson/lesson-state.ts';
import { untoldLanes } from '../features/lesson/use-told-lanes.ts';
import { announcement } from '../features/race/story/announcement.ts';
import { useAllStores } from '../features/use-stores.ts';

/** Says aloud, when the screen reader has finished its sentence, what has just happened to the race. */
export function Announcements() {
  const { lab, lesson, classroom } = useAllStores();
  const [sentence, setSentence] = useState('');
  useEffect(
    () =>
      lab.store.subscribe((now, before) => {
        const sealed = sealedLanes(lesson.store.getState());
        const untold = untoldLanes(now.experiment.lanes, sealed, classroom.store.getState());
        const next = announcement(before, now, untold);
        if (next !== null) setSentence(next);
      }),
    [lab, lesson, classroom],
  );
  return (
    <p role="status" aria-live="polite" className="vh">
      {sentence}
    </p>
  );
}
