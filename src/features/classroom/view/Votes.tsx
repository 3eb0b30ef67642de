import { Eye, Minus, Plus, X } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { say } from '../../../language/say.ts';
import { IconButton } from '../../../ui/controls/Button.tsx';
import { trainButton, useFocusAtChange } from '../../../ui/controls/focus-return.ts';
import { isComposed } from '../../../ui/keys.ts';
import { useClassroom, useClassroomState } from '../../use-stores.ts';
import { answerText, coversCurves, isCovering, MOST_ANSWERS, MOST_HANDS, type Vote } from '../classroom.ts';
import styles from './classroom.module.css';

/** Longer answers do not fit into a row on a projector. */
const LONGEST_ANSWER = 40;

/** Under the nets: the ballot while one net is covered, and once nothing is, what the class had voted. */
export function VoteRow() {
  const presenting = useClassroomState((state) => state.presenting);
  const covered = useClassroomState(isCovering);
  const inCover = useClassroomState(coversCurves);
  const counted = useClassroomState(({ votes }) => votes.some(({ count }) => count > 0));
  // Uncover goes with its ballot, that in the cover of the curves, too, and the button that clears the bars with these.
  useFocusAtChange(trainButton, covered ? 'ballot' : counted ? 'bars' : 'nothing');
  if (!presenting || inCover) return null;
  return covered ? (
    <div className={styles.row}>
      <Ballot />
    </div>
  ) : (
    <VoteBars />
  );
}

/** The answers that the class may choose from, and how many hands there are for each. */
export function Ballot() {
  const classroom = useClassroom();
  const votes = useClassroomState((state) => state.votes);
  const ballot = useRef<HTMLDivElement>(null);
  const find = (selector: string) => ballot.current?.querySelector<HTMLElement>(selector);
  // The last row went with the button that removed it, or the button that added the last one is gone.
  const next = votes.length === MOST_ANSWERS ? 'input' : 'button:last-child';
  useFocusAtChange(() => find(`li:last-child ${next}`) ?? find('button'), votes.length);
  const change = (nth: number, part: Partial<Vote>) =>
    classroom.setVotes(votes.map((vote, index) => (index === nth ? { ...vote, ...part } : vote)));
  return (
    <div ref={ballot} className={styles.ballot}>
      <ul>
        {textsOf(votes).map(({ answer, count }, nth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an answer that is being typed has no other identity
          <li key={nth}>
            <input
              className={styles.answer}
              dir="auto"
              aria-label={say('classroom.answer', { number: nth + 1 })}
              maxLength={LONGEST_ANSWER}
              value={answer}
              onChange={({ target }) => change(nth, { answer: target.value })}
              onKeyDown={leaveOnEscape}
            />
            <IconButton
              icon={Minus}
              label={say('classroom.oneLess', { answer })}
              onClick={() => change(nth, { count: Math.max(0, count - 1) })}
            />
            <input
              className={styles.hands}
              inputMode="numeric"
              aria-label={say('classroom.hands', { answer })}
              value={count}
              onFocus={({ target }) => target.select()}
              onChange={({ target }) => change(nth, { count: handsOf(target.value) })}
              onKeyDown={leaveOnEscape}
            />
            <IconButton
              icon={Plus}
              label={say('classroom.oneMore', { answer })}
              onClick={() => change(nth, { count: Math.min(MOST_HANDS, count + 1) })}
            />
            <IconButton
              icon={X}
              label={say('classroom.removeAnswer', { answer })}
              onClick={() => classroom.setVotes(votes.filter((_, index) => index !== nth))}
            />
          </li>
        ))}
      </ul>
      <div className={styles.deeds}>
        {votes.length < MOST_ANSWERS && (
          <button
            type="button"
            className="btn"
            onClick={() => classroom.setVotes([...votes, { answer: '', count: 0 }])}
          >
            <Plus size={16} aria-hidden />
            <span>{say('classroom.addAnswer')}</span>
          </button>
        )}
        <button type="button" className="btn primary" onClick={() => classroom.uncover()}>
          <Eye size={18} aria-hidden />
          <span>{say('classroom.uncover')}</span>
        </button>
      </div>
    </div>
  );
}

/** The votes with the texts of their answers. */
function textsOf(votes: readonly Vote[]) {
  return votes.map(({ answer, count }) => ({ answer: answerText(answer), count }));
}

/** The first Escape leaves the field, the next one the presentation. */
function leaveOnEscape({ key, nativeEvent, currentTarget }: KeyboardEvent<HTMLInputElement>): void {
  if (key === 'Escape' && !isComposed(nativeEvent)) currentTarget.blur();
}

/** The count that was typed, from its digits, at most `MOST_HANDS`. */
function handsOf(typed: string): number {
  return Math.min(MOST_HANDS, Number(typed.normalize('NFKC').replace(/\D/g, '').slice(0, 4)));
}

/** How many of the class gave each answer, as bars on one scale. */
function VoteBars() {
  const classroom = useClassroom();
  const votes = useClassroomState((state) => state.votes);
  const all = votes.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return null;
  return (
    <section className={styles.bars} aria-label={say('classroom.votes', { hands: all })}>
      <h2>{say('classroom.votes', { hands: all })}</h2>
      <ul>
        {textsOf(votes).map(({ answer, count }, nth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <li key={nth}>
            <span className={styles.bar} style={{ width: `${(100 * count) / all}%` }} />
            <bdi>{answer}</bdi>
            <b>{count}</b>
          </li>
        ))}
      </ul>
      <IconButton icon={X} label={say('classroom.clearVotes')} onClick={() => classroom.setVotes([])} />
    </section>
  );
}
