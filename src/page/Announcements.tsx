import { useEffect, useState } from 'react';
import { coveredLane, coversCurves } from '../features/classroom/classroom.ts';
import { sealedLanes } from '../features/lesson/lesson-state.ts';
import { announcement } from '../features/race/story/announcement.ts';
import type { Stores } from '../features/stores.ts';
import { useAllStores } from '../features/use-stores.ts';

/** Says aloud, when the screen reader has finished its sentence, what has just happened to the race. */
export function Announcements() {
  const stores = useAllStores();
  const [sentence, setSentence] = useState('');
  useEffect(
    () =>
      stores.lab.store.subscribe((now, before) => {
        const next = announcement(before, now, untoldLanes(stores));
        if (next !== null) setSentence(next);
      }),
    [stores],
  );
  return (
    <p role="status" className="vh">
      {sentence}
    </p>
  );
}

/** The lanes that the lesson has sealed or a presentation covers. */
function untoldLanes({ lab, lesson, classroom }: Stores): readonly string[] {
  const presentation = classroom.store.getState();
  if (coversCurves(presentation)) return lab.store.getState().experiment.lanes.map(({ name }) => name);
  const covered = coveredLane(presentation);
  return [...sealedLanes(lesson.store.getState()), ...(covered === null ? [] : [covered])];
}
