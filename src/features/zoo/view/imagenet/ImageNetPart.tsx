import { useMemo } from 'react';
import { depthLightness, netClass, netStyle } from '../../../../charts/colours.ts';
import { pretrainedOf } from '../../../../core/data/pretrained.ts';
import { buildGraph } from '../../../../core/net/graph.ts';
import { IMAGENET } from '../../../../core/net/zoo.ts';
import { say } from '../../../../language/say.ts';
import { sayAlone } from '../../../../language/sentence.ts';
import { Failure } from '../../../../ui/ErrorBoundary.tsx';
import { REAL_ID } from '../../../../ui/section-ids.ts';
import { usePretrainedState } from '../../../use-stores.ts';
import { type ClassName, UNNAMED } from '../../class-names.ts';
import styles from '../zoo.module.css';
import { BlockDamageFigure } from './BlockDamageFigure.tsx';
import { Guesses, useClassNames } from './Guesses.tsx';
import { ImageChoice } from './ImageChoice.tsx';
import imagenet from './imagenet.module.css';
import { MapsFigure } from './MapsFigure.tsx';
import { ProbeFigures } from './ProbeFigures.tsx';
import { SavedWeights, TorchvisionError, WeightsChoice } from './WeightsChoice.tsx';

/** A net that others trained on ImageNet: loaded from a file, asked about an image, damaged. */
export function ImageNetPart() {
  const name = usePretrainedState((state) => state.net);
  const failure = usePretrainedState((state) => state.failure);
  const recovered = usePretrainedState((state) => state.recovered);
  const unkept = usePretrainedState((state) => state.unkept);
  const { net } = pretrainedOf(name);
  const names = useClassNames();
  const classes = usePretrainedState((state) => state.loaded?.classes ?? IMAGENET.classes);
  // A net that was trained for other classes than ImageNet's has numbers for them.
  const nameOf = (classes === IMAGENET.classes ? names.value : null) ?? UNNAMED;
  return (
    <section
      id={REAL_ID}
      className={`${styles.figure} ${styles.wide} ${netClass(net.family)}`}
      style={netStyle(depthLightness(net.depth))}
      aria-label={say('zoo.realTitle')}
    >
      <div className="fig-head">
        <h3>{say('zoo.realTitle')}</h3>
      </div>
      <p className="reading">{say('zoo.realAbout')}</p>
      <WeightsChoice />
      <TorchvisionError />
      <div role="alert" aria-live="assertive">
        {failure !== null && <p className={imagenet.failure}>{sayAlone(failure)}</p>}
      </div>
      <div role="status" aria-live="polite">
        {recovered && <p className={imagenet.failure}>{say('zoo.recovered')}</p>}
        {unkept !== null && <p className={imagenet.failure}>{sayAlone(unkept)}</p>}
      </div>
      <SavedWeights />
      <div className={imagenet.asked}>
        <ImageChoice />
        <Answer nameOf={nameOf} />
      </div>
      {names.failure !== null && (
        <Failure part={say('charts.partClassNames')} error={names.failure.error} onAgain={names.again} />
      )}
      <InsideTheNet nameOf={nameOf} />
      <p className="source">{say('zoo.realSource')}</p>
    </section>
  );
}

/** What is inside the net while it looks at the image. */
function InsideTheNet({ nameOf }: { readonly nameOf: ClassName }) {
  const name = usePretrainedState((state) => state.net);
  const free = usePretrainedState((state) => state.classification !== null && state.damage?.running !== true);
  // Of pictures that come and go nothing could be told inside.
  const seen = usePretrainedState((state) => state.classification !== null && !state.live);
  const { net } = pretrainedOf(name);
  const classes = usePretrainedState((state) => state.loaded?.classes ?? IMAGENET.classes);
  const graph = useMemo(() => buildGraph(net, IMAGENET.size, classes), [net, classes]);
  if (!seen) return null;
  const drawn = { id: name, name, family: net.family, lightness: depthLightness(net.depth) };
  return (
    <section className={imagenet.inside} aria-label={say('zoo.insideTitle')}>
      <MapsFigure net={drawn} graph={graph} free={free} />
      <ProbeFigures net={drawn} free={free} nameOf={nameOf} />
    </section>
  );
}

function Answer({ nameOf }: { readonly nameOf: ClassName }) {
  const live = usePretrainedState((state) => state.live);
  return (
    <div className={imagenet.said}>
      <Guesses nameOf={nameOf} />
      {!live && <BlockDamageFigure nameOf={nameOf} />}
    </div>
  );
}
