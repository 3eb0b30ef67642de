import { Check } from 'lucide-react';
import { percent } from '../../../core/format.ts';
import { Name } from '../../../ui/controls/Name.tsx';
import { UI } from '../../../ui/strings.ts';

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
  if (probabilities === null) return <td className="answer">–</td>;
  const order = likeliest(probabilities);
  const say = (index: number) => said(index, probabilities, classes);
  return (
    <td className={order[0] === right ? 'answer right' : 'answer'} title={order.slice(0, 4).map(say).join('\n')}>
      <AnswerWords {...props} />
    </td>
  );
}

/** The likeliest class with its probability as a bar, and the next one. */
export function AnswerWords({ probabilities, classes, right }: AnswerProps) {
  if (probabilities === null) return <span>–</span>;
  const [first = 0, second] = likeliest(probabilities);
  return (
    <>
      <span className="first">
        <Name>{classes[first] ?? ''}</Name>
        {first === right && <Check size={12} strokeWidth={3} role="img" aria-label={UI.predictions.right} />}
      </span>
      <span className="bar" style={{ '--share': probabilities[first] ?? 0 }} />
      {second !== undefined && <span className="second">{said(second, probabilities, classes)}</span>}
    </>
  );
}

function likeliest(probabilities: readonly number[]): readonly number[] {
  return [...probabilities.keys()].sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
}

function said(index: number, probabilities: readonly number[], classes: readonly string[]): string {
  return `${classes[index]} ${percent(100 * (probabilities[index] ?? 0))}%`;
}
