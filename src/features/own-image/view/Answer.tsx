import { Check, X } from 'lucide-react';
import { say } from '../../../language/say.ts';
import { Name } from '../../../ui/controls/Name.tsx';
import styles from './predictions.module.css';

export interface AnswerProps {
  /** Each class's probability, 0 .. 1; null until the net has answered. */
  readonly probabilities: readonly number[] | null;
  readonly classes: readonly string[];
  /** The right class; null where it is unknown. */
  readonly right: number | null;
}

/** A net's answer as a cell of a table. */
export function AnswerCell(props: AnswerProps) {
  const { probabilities, right, classes } = props;
  if (probabilities === null) return <td className={styles.answer}>–</td>;
  const order = likeliest(probabilities);
  const isRight = order[0] === right;
  const title = order.slice(0, 4).map((index) => say('ownImage.answer', answerOf(index, probabilities, classes, 1)));
  return (
    <td className={isRight ? `${styles.answer} ${styles.right}` : styles.answer} title={title.join('\n')}>
      <AnswerWords {...props} />
    </td>
  );
}

/** The likeliest class with its probability, in percent and as a bar, and the next one. */
export function AnswerWords({ probabilities, classes, right }: AnswerProps) {
  if (probabilities === null) return <span>–</span>;
  const [first = 0, second] = likeliest(probabilities);
  return (
    <>
      <span className={styles.first}>
        <Name>{say('ownImage.answer', answerOf(first, probabilities, classes))}</Name>
        {right !== null && <Mark right={first === right} />}
      </span>
      <span className={styles.bar} style={{ '--share': probabilities[first] ?? 0 }} />
      {second !== undefined && (
        <span className={styles.second}>{say('ownImage.next', answerOf(second, probabilities, classes))}</span>
      )}
    </>
  );
}

function Mark({ right }: { readonly right: boolean }) {
  if (right) return <Check size={13} strokeWidth={3} role="img" aria-label={say('ownImage.right')} />;
  return <X size={12} strokeWidth={2.5} role="img" aria-label={say('ownImage.wrong')} />;
}

function likeliest(probabilities: readonly number[]): readonly number[] {
  return [...probabilities.keys()].sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
}

function answerOf(index: number, probabilities: readonly number[], classes: readonly string[], digits = 0) {
  return { name: classes[index] ?? '', percent: (100 * (probabilities[index] ?? 0)).toFixed(digits) };
}
