import { useEffect, useState } from 'react';
import { announcement } from '../features/race/story/announcement.ts';
import { useLab } from '../features/use-stores.ts';

/** Says aloud, when the screen reader has finished its sentence, what has just happened to the race. */
export function Announcements() {
  const { store } = useLab();
  const [sentence, setSentence] = useState('');
  useEffect(
    () =>
      store.subscribe((now, before) => {
        const next = announcement(before, now);
        if (next !== null) setSentence(next);
      }),
    [store],
  );
  return (
    <p role="status" className="vh">
      {sentence}
    </p>
  );
}
