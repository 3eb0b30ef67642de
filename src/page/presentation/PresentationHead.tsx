import { ChapterLinks } from '../../features/lesson/view/ChapterLinks.tsx';
import { useLabState, useLessonState } from '../../features/use-stores.ts';
import { parts } from '../../language/say.ts';
import { Said } from '../../ui/Said.tsx';
import styles from './presentation.module.css';

interface PresentationHeadProps {
  readonly question: string;
  /** What the lecturer wrote into the link under its title; empty for nothing. */
  readonly task: string;
}

/** The first lines of a presentation: what is asked, at which step the race is, and the lecturer's task. */
export function PresentationHead({ question, task }: PresentationHeadProps) {
  const step = useLabState((state) => state.step);
  const inLesson = useLessonState((state) => state.on);
  return (
    <header className={styles.head}>
      {inLesson && <ChapterLinks />}
      <h1 dir="auto">{question}</h1>
      <p role="status" aria-live="off" className={styles.step}>
        <Said parts={parts('page.stepShort', { step })} />
      </p>
      {task !== '' && (
        <p dir="auto" className={styles.task}>
          <bdi>{task}</bdi>
        </p>
      )}
    </header>
  );
}
