import { Progress } from '../../features/lesson/view/Progress.tsx';
import { useLabState, useLessonState } from '../../features/use-stores.ts';
import { parts } from '../../language/say.ts';
import { Said } from '../../ui/Said.tsx';
import styles from './presentation.module.css';

/** The first line of a presentation: what is asked, and at which step the race is. */
export function PresentationHead({ question }: { readonly question: string }) {
  const step = useLabState((state) => state.step);
  const inLesson = useLessonState((state) => state.on);
  return (
    <header className={styles.head}>
      {inLesson && <Progress />}
      <h1 dir="auto">{question}</h1>
      <p role="status" aria-live="off">
        <Said parts={parts('page.stepShort', { step })} tags={{ b: (text) => <b>{text}</b> }} />
      </p>
    </header>
  );
}
