import { say } from '../../../language/say.ts';
import { useLesson, useLessonState } from '../../use-stores.ts';
import { QUIZ, type QuizDraft, rightAnswers } from '../quiz.ts';
import styles from './predictions.module.css';

/** The six questions, before the lesson and after it; the answers are explained the second time. */
export function Quiz() {
  const lesson = useLesson();
  const { before, after } = useLessonState((state) => state.quiz);
  const hasOutcomes = useLessonState((state) => state.outcomes.size > 0);
  const draft = useLessonState((state) => state.quizDraft);
  const when = before === null && !hasOutcomes ? 'before' : 'after';
  return (
    <section className={styles.quiz} aria-label={say('lesson.quiz')}>
      <h3>{say('lesson.quiz')}</h3>
      <p>{after === null ? say(before === null ? 'lesson.quizInvites' : 'lesson.quizWaits') : gainOf(before, after)}</p>
      {after !== null ? (
        <Explained answers={after} />
      ) : draft !== null ? (
        <Questions chosen={draft} onDone={(answers) => lesson.keepQuiz(when, answers)} />
      ) : (
        <button type="button" className="btn mini" onClick={() => lesson.draftQuiz(QUIZ.map(() => null))}>
          {say(before === null ? 'lesson.quizBegin' : 'lesson.quizAgain')}
        </button>
      )}
    </section>
  );
}

function gainOf(before: readonly number[] | null, after: readonly number[]): string {
  const right = rightAnswers(after);
  if (before === null) return say('lesson.quizResult', { right });
  return say('lesson.quizGain', { before: rightAnswers(before), after: right });
}

interface QuestionsProps {
  readonly chosen: QuizDraft;
  readonly onDone: (answers: readonly number[]) => void;
}

function Questions({ chosen, onDone }: QuestionsProps) {
  const lesson = useLesson();
  const answers = chosen.filter((each) => each !== null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (answers.length === QUIZ.length) onDone(answers);
      }}
    >
      {QUIZ.map(({ text, options }, index) => (
        <fieldset key={text}>
          <legend>{say(text)}</legend>
          {options.map((option, number) => (
            <label key={option}>
              <input
                type="radio"
                name={text}
                checked={chosen[index] === number}
                onChange={() => lesson.draftQuiz(chosen.with(index, number))}
              />
              <span>{say(option)}</span>
            </label>
          ))}
        </fieldset>
      ))}
      <button type="submit" className="btn mini" disabled={answers.length < QUIZ.length}>
        {say('lesson.quizDone')}
      </button>
    </form>
  );
}

/** Each question with what was answered the second time, and why the right answer is right. */
function Explained({ answers }: { readonly answers: readonly number[] }) {
  return (
    <ol>
      {QUIZ.map(({ text, options, right, why }, index) => (
        <li key={text}>
          <b>{say(text)}</b>
          <span>
            {answers[index] === right
              ? say('lesson.quizRight', { answer: say(options[right] ?? 'lesson.quizYes') })
              : say('lesson.quizWrong', { answer: say(options[right] ?? 'lesson.quizYes') })}
          </span>
          <span>{say(why)}</span>
        </li>
      ))}
    </ol>
  );
}
