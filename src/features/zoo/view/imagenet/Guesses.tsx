import { bytesText, count } from '../../../../core/format.ts';
import { say } from '../../../../language/say.ts';
import { Name } from '../../../../ui/controls/Name.tsx';
import { lateValue } from '../../../../ui/late.tsx';
import { usePretrainedState } from '../../../use-stores.ts';
import { type ClassName, distinctNames, namesIn } from '../../class-names.ts';
import { probabilityText } from '../../words.ts';
import styles from './guesses.module.css';

/** The five classes that the net finds likeliest, with bars, and what it cost to say so. */
export function Guesses({ nameOf }: { readonly nameOf: ClassName }) {
  const classification = usePretrainedState((state) => state.classification);
  const classifying = usePretrainedState((state) => state.classifying);
  const loaded = usePretrainedState((state) => state.loaded !== null);
  const live = usePretrainedState((state) => state.live);
  if (classification === null) {
    const hint = loaded ? say('zoo.noImage') : say('zoo.noNet');
    return (
      <p className="reading" role="status" aria-live="polite">
        {classifying ? say('zoo.classifying') : hint}
      </p>
    );
  }
  const { guesses, milliseconds, activationBytes, noisy } = classification;
  return (
    // Not announced while the camera is followed: they change with each of its pictures.
    <div role="status" aria-live={live ? 'off' : 'polite'}>
      <ol className={styles.guesses} aria-label={say('zoo.guesses')}>
        {guesses.map(({ label, probability }) => (
          <li key={label}>
            <span className={styles.name}>
              <Name>{nameOf(label)}</Name>
            </span>
            <span className={styles.track}>
              <span className={styles.bar} style={{ inlineSize: `${100 * probability}%` }} />
            </span>
            <span className={styles.number}>{probabilityText(probability)}</span>
          </li>
        ))}
      </ol>
      {noisy && <p className="reading">{say('zoo.noisy')}</p>}
      <p className="source">
        {say('zoo.cost', {
          milliseconds: milliseconds < 100 ? milliseconds.toFixed(1) : count(Math.round(milliseconds)),
          size: bytesText(activationBytes),
        })}
      </p>
    </div>
  );
}

/** The names of ImageNet's classes; loaded when they are first wanted. */
export const useClassNames = lateValue(
  () => import('@tensorflow-models/mobilenet/dist/imagenet_classes.js'),
  ({ IMAGENET_CLASSES }): ClassName => distinctNames(Object.values(IMAGENET_CLASSES).map(namesIn)),
);
