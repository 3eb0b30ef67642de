import { Name } from '../../../../ui/controls/Name.tsx';
import { lateValue } from '../../../../ui/late.tsx';
import { usePretrainedState } from '../../../use-stores.ts';
import { REAL } from '../../real-strings.ts';

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

/** What a class of the net that is loaded is called. */
export type ClassName = (label: number) => string;

/** Number and all, where the names are not there yet. */
export const UNNAMED: ClassName = (label) => `class ${label}`;

/** The names of ImageNet's classes, of each the first of its words; loaded when they are first wanted. */
export const useClassNames = lateValue(
  () => import('@tensorflow-models/mobilenet/dist/imagenet_classes.js'),
  ({ IMAGENET_CLASSES }): ClassName =>
    (label) =>
      IMAGENET_CLASSES[label]?.split(',')[0] ?? UNNAMED(label),
);
