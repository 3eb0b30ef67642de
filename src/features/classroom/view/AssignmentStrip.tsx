import { say } from '../../../language/say.ts';
import type { Assignment } from '../../share/link-options.ts';
import styles from './assignment.module.css';

/** What the lecturer wrote into the link, over the nets: plain text in whatever script, and said to be a person's. */
export function AssignmentStrip({ title, task }: Assignment) {
  return (
    <section className={styles.strip} aria-label={say('classroom.assignment')}>
      <p className={styles.from}>{say('classroom.fromLink')}</p>
      {title !== '' && (
        <h2 dir="auto">
          <bdi>{title}</bdi>
        </h2>
      )}
      {task !== '' && (
        <p dir="auto">
          <bdi>{task}</bdi>
        </p>
      )}
    </section>
  );
}
