import { Play, Undo2 } from 'lucide-react';
import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Net } from '../../../charts/panels/panel.ts';
import { LIMITS } from '../../../core/experiment/limits.ts';
import { textOf } from '../../../language/joining.ts';
import { say } from '../../../language/say.ts';
import { trainButton, useFocusAtChange } from '../../../ui/controls/focus-return.ts';
import { ColouredText } from '../../figures/ColouredText.tsx';
import { areAtEnd } from '../../lab/curve.ts';
import type { LabState, ReplacedRace } from '../../lab/state.ts';
import { useTrainingWaits } from '../../lesson/use-training-waits.ts';
import { useLab, useLabState } from '../../use-stores.ts';
import type { RaceStory } from '../story/story.ts';
import styles from './curves.module.css';
import { changedLanes, takeBack } from './take-back.ts';

interface StoryProps extends Pick<RaceStory, 'parts' | 'caveat'> {
  readonly nets: readonly Net[];
}

/** What the race shows so far, with the nets' numbers in their colours. Its room does not change while it does. */
export function Story({ parts, caveat, nets }: StoryProps) {
  const undone = useLabState(({ step, undo }) => (step === 0 ? undo : null));
  return (
    <section className={styles.story} aria-label={say('race.whatHappened')}>
      <div>
        <h2 className="vh">{say('race.whatHappened')}</h2>
        <p className={styles.sentence} style={{ '--letters': widthOf(textOf(parts)) }}>
          <ColouredText parts={parts} nets={nets} />
        </p>
        <p className={styles.caveat}>{undone === null ? textOf(caveat) : undoText(undone)}</p>
      </div>
      <NextDeed />
    </section>
  );
}

/** What stands in the place of the race that was reset or replaced, and what Undo brings back. */
export function undoText(undone: ReplacedRace): string {
  return say('race.undone', { race: replacedBy(undone), step: undone.step });
}

/** Which race stands in its place, for the messages about it: the same, started over, or another. */
export function replacedBy({ isEdit }: ReplacedRace): 'same' | 'other' {
  return isEdit ? 'same' : 'other';
}

/** The length of a sentence in Latin letters: a Chinese character is more than twice as wide. */
function widthOf(sentence: string): number {
  return [...sentence].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/.test(letter) ? 2.25 : 1), 0);
}

/** What can be done about what happened: take surgery back, or go on where the race has ended and the lesson lets it. */
const NextDeed = memo(function NextDeed() {
  const lab = useLab();
  const changed = useLabState(useShallow(changedLanes));
  const more = useLabState(stepsMore);
  const waits = useTrainingWaits() !== null;
  const deed = changed.length > 0 ? 'undo' : more === null || waits ? null : 'train';
  useFocusAtChange(trainButton, deed);
  if (changed.length > 0) {
    return (
      <button
        type="button"
        className={`btn ${styles.deed}`}
        title={say('race.undoHint')}
        onClick={() => takeBack(lab, changed)}
      >
        <Undo2 size={15} aria-hidden />
        <span>{say('race.undo', { nets: changed.length })}</span>
      </button>
    );
  }
  if (more === null || waits) return null;
  return (
    <button type="button" className={`btn ${styles.deed} ${styles.more}`} onClick={() => lab.train()}>
      <Play size={14} fill="currentColor" aria-hidden />
      <span>{say('race.trainMore', { steps: more })}</span>
    </button>
  );
});

/** How many steps training would go on for; null where it runs, has not come to its end, or is as long as any. */
export function stepsMore({ open, training, step, experiment, extension, curves }: LabState): number | null {
  if (!open || training || step === 0) return null;
  const more = Math.min(extension, LIMITS.steps.max - step);
  return areAtEnd(curves, experiment.until) && more > 0 ? more : null;
}
