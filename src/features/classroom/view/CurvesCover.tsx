import { EyeOff } from 'lucide-react';
import { say } from '../../../language/say.ts';
import { CHARTS_ID } from '../../../ui/section-ids.ts';
import styles from './classroom.module.css';
import { Ballot } from './Votes.tsx';

/** Stands in place of the curves until the class has voted. */
export function CurvesCover() {
  return (
    <section className={styles.cover} id={CHARTS_ID} tabIndex={-1} aria-label={say('classroom.coverTitle')}>
      <h2>
        <EyeOff size={22} aria-hidden />
        <span>{say('classroom.coverTitle')}</span>
      </h2>
      <Ballot />
    </section>
  );
}
