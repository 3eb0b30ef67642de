import { say } from '../../../language/say.ts';
import { useLesson, useLessonState } from '../../use-stores.ts';
import { chapterAddress } from '../address.ts';
import { CHAPTER_COUNT, chaptersOf } from '../chapters/chapters.ts';
import styles from './chapter-links.module.css';

/**
 * The chapters as blocks of a net, each under its arc: filled when done. Each is a link to the chapter's own start. Optional
 * chapters, with dashed arcs, come when the lesson is over.
 */
export function ChapterLinks() {
  const lesson = useLesson();
  const now = useLessonState((state) => state.chapter.number);
  const outcomes = useLessonState((state) => state.outcomes);
  const isOver = now >= CHAPTER_COUNT || outcomes.has(CHAPTER_COUNT);
  const chapters = chaptersOf('full').filter(({ number }) => isOver || number <= CHAPTER_COUNT);
  return (
    <nav className={styles.chapters} aria-label={say('lesson.chapters')}>
      {chapters.map(({ number, name }) => {
        const text = say('lesson.chapterLink', { number, name: name() });
        return (
          <a
            key={number}
            href={chapterAddress(new URL(location.href), number).href}
            title={text}
            aria-current={number === now ? 'step' : undefined}
            data-optional={number > CHAPTER_COUNT || undefined}
            data-done={outcomes.has(number) || undefined}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              lesson.open(number);
            }}
          >
            <span className="vh">{text}</span>
            <svg viewBox="0 0 19 20" aria-hidden="true">
              <path d="M0 13C0 1 19 1 19 13" />
              <rect x="3" y="8.5" width="13" height="9" rx="2" />
            </svg>
          </a>
        );
      })}
    </nav>
  );
}
