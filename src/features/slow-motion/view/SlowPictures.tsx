import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LaneSpec } from '../../../core/experiment/experiment.ts';
import type { SlowImage, SlowStep } from '../../../core/results/slow-round.ts';
import { say } from '../../../language/say.ts';
import { PictureCanvas } from '../../../ui/controls/PictureCanvas.tsx';
import { namedData } from '../../lab/named-data.ts';
import { useLabState } from '../../use-stores.ts';
import styles from './slow-motion.module.css';

/** The first images of the batch, which go through all nets. */
export function SlowPictures({ images }: { readonly images: readonly SlowImage[] }) {
  const label = useClassName();
  if (images.length === 0) return null;
  const about = say('slowMotion.images', { count: images.length });
  return (
    <ul className={styles.pictures} aria-label={about} title={about}>
      {images.map((image, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an image is its place in the batch
        <li key={index}>
          <PictureCanvas picture={image} className="thumb" />
          <span>{label(image.label)}</span>
        </li>
      ))}
    </ul>
  );
}

interface SlowAnswersProps {
  readonly images: readonly SlowImage[];
  readonly nets: readonly { readonly lane: LaneSpec; readonly step: SlowStep }[];
  readonly name: (lane: LaneSpec) => ReactNode;
  readonly loss: (step: SlowStep) => string;
}

/** Each net's likeliest class for each image, right or wrong, and its loss on the whole batch. */
export function SlowAnswers({ images, nets, name, loss }: SlowAnswersProps) {
  const label = useClassName();
  return (
    <table className={styles.answers}>
      <thead>
        <tr>
          <td />
          {images.map((image, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an image is its place in the batch
            <th key={index} scope="col" aria-label={say('slowMotion.imageOf', { label: label(image.label) })}>
              <PictureCanvas picture={image} className="thumb" />
              <span>{label(image.label)}</span>
            </th>
          ))}
          <td />
        </tr>
      </thead>
      <tbody>
        {nets.map(({ lane, step }) => (
          <tr key={lane.name}>
            <th scope="row">{name(lane)}</th>
            {images.map((image, index) => {
              const answer = step.answers[index];
              // biome-ignore-start lint/suspicious/noArrayIndexKey: an image is its place in the batch
              if (answer === undefined || Number.isNaN(answer.probability)) return <td key={index} />;
              const right = answer.label === image.label;
              const Sign = right ? Check : X;
              return (
                <td key={index} className={right ? undefined : styles.wrong}>
                  <span>
                    {say('slowMotion.answer', {
                      name: label(answer.label),
                      percent: String(Math.round(100 * answer.probability)),
                    })}
                  </span>
                  <Sign size={12} role="img" aria-label={right ? say('slowMotion.right') : say('slowMotion.wrong')} />
                </td>
              );
              // biome-ignore-end lint/suspicious/noArrayIndexKey: as above
            })}
            <td className={styles.loss}>{loss(step)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The name of a class by its index. */
function useClassName(): (label: number) => string {
  const classes = useLabState((state) => namedData(state)?.classes ?? null);
  return (label) => classes?.[label]?.name ?? '';
}
