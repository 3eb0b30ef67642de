import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { say } from '../../../language/say.ts';
import { moveFocusAmong } from '../../../ui/focus.ts';
import { useLabState, useLesson, useLessonState } from '../../use-stores.ts';
import type { Choice } from '../chapter.ts';
import { canAnswer, choiceAt, NO_IDEA, questionAt } from '../position.ts';
import styles from './answers.module.css';

/** The answers to the question that a chapter asked last, as one group of radio buttons; "no idea" is one of them. */
export function Answers() {
  const lesson = useLesson();
  const chapter = useLessonState((state) => state.chapter);
  const position = useLessonState((state) => state.position);
  const answer = useLessonState((state) => state.answers.get(state.chapter.number));
  const isOpen = useLabState((state) => canAnswer(position, chapter, state));
  const given = choiceAt(position, chapter, answer);
  const { choices } = questionAt(position, chapter);
  const chosen =
    given === undefined ? 0 : given === null ? choices.length : choices.findIndex(({ id }) => id === given);
  const choose = (choice: Choice | undefined) =>
    lesson.answer(choice === undefined ? NO_IDEA : { choice: choice.id, ends: choice.ends ?? null });
  return (
    <div
      className={styles.answers}
      role="radiogroup"
      aria-label={say('lesson.answers')}
      // Space or Enter chooses, so that passing over an answer is none.
      onKeyDown={(event) => moveFocusAmong(event, '[role="radio"]', { wraps: true })}
    >
      {[...choices, undefined].map((choice, index) => (
        // biome-ignore lint/a11y/useSemanticElements: an input would take the keys of the page, Space among them
        <button
          key={choice?.id ?? ''}
          type="button"
          role="radio"
          className={styles.answer}
          aria-checked={given !== undefined && index === chosen}
          aria-disabled={!isOpen}
          tabIndex={index === chosen ? 0 : -1}
          data-net={choice?.lane}
          data-none={choice === undefined || undefined}
          onClick={() => choose(choice)}
        >
          {choice?.lane !== undefined && <Mark lane={choice.lane} />}
          <span>{choice?.label() ?? say('lesson.noIdea')}</span>
        </button>
      ))}
    </div>
  );
}

/** The square of a net in its colour. */
function Mark({ lane }: { readonly lane: string }) {
  const net = useLabState(({ experiment }) => experiment.lanes.find(({ name }) => name === lane)?.net);
  if (net === undefined) return null;
  return (
    <i
      className={`${styles.mark} ${netClass(net.family)}`}
      style={netStyle(depthLightness(net.depth))}
      aria-hidden="true"
    />
  );
}
