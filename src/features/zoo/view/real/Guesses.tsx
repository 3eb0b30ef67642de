import { Name } from '../../../../ui/controls/Name.tsx';
import { usePretrainedState } from '../../../use-stores.ts';
import { REAL } from '../../real-strings.ts';
import type { ClassName } from './class-names.ts';

/** The five classes that the net finds likeliest, with bars, and what it cost to say so. */
export function Guesses({ nameOf }: { readonly nameOf: ClassName }) {
  const classification = usePretrainedState((state) => state.classification);
  const classifying = usePretrainedState((state) => state.classifying);
  const loaded = usePretrainedState((state) => state.loaded !== null);
  if (classification === null) {
    const told = loaded ? REAL.none : REAL.unloaded;
    return (
      <p className="reading" role="status">
        {classifying ? REAL.classifying : told}
      </p>
    );
  }
  const { guesses, milliseconds, activationBytes } = classification;
  return (
    <div className="real-answer" role="status">
      <ol className="real-guesses" aria-label={REAL.guesses}>
        {guesses.map(({ label, probability }) => (
          <li key={label}>
            <span className="name">
              <Name>{nameOf(label)}</Name>
            </span>
            <span className="track">
              <span className="bar" style={{ inlineSize: `${100 * probability}%` }} />
            </span>
            <span className="number">{REAL.share(probability)}</span>
          </li>
        ))}
      </ol>
      <p className="source">{REAL.cost(milliseconds, activationBytes)}</p>
    </div>
  );
}
