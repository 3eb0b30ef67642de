import { X } from 'lucide-react';
import { useState } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { MAX_DETAILED_LANES } from '../../../charts/plot-area.ts';
import { say } from '../../../language/say.ts';
import { IconButton } from '../../../ui/controls/Button.tsx';
import { Name } from '../../../ui/controls/Name.tsx';
import { PictureCanvas } from '../../../ui/controls/PictureCanvas.tsx';
import { namedData } from '../../lab/named-data.ts';
import { useToldLanes } from '../../lesson/use-told-lanes.ts';
import { useLabState, useOwnImage, useOwnImageState } from '../../use-stores.ts';
import { AnswerWords } from './Answer.tsx';
import type { Brush } from './DrawingPad.tsx';
import { DrawingPad } from './DrawingPad.tsx';
import { BRUSHES, DrawingToolbar } from './DrawingToolbar.tsx';
import styles from './own-image.module.css';
import predictions from './predictions.module.css';

/** One image to be drawn, with what every net takes it for while it is. */
export function OwnImagePart({ onFile }: { readonly onFile: (file: File) => void }) {
  const own = useOwnImage();
  const drawing = useOwnImageState((state) => state.drawing);
  const paper = own.paper();
  // Only what was chosen is remembered: on other paper, another colour is seen.
  const [chosen, choose] = useState<Partial<Brush>>({});
  const isOnBlack = (typeof drawing.on === 'string' ? drawing.on : paper) === 'black';
  const brush: Brush = { colour: isOnBlack ? '#ffffff' : '#1b1b1b', width: BRUSHES.medium, ...chosen };
  return (
    <section className={styles.part} aria-label={say('ownImage.title')}>
      <DrawingPad drawing={drawing} brush={brush} onDraw={own.draw} onFile={onFile} />
      <DrawingToolbar
        drawing={drawing}
        brush={brush}
        paper={paper}
        onBrush={(part) => choose({ ...chosen, ...part })}
        onDraw={own.draw}
      />
      <OwnAnswers />
      <IconButton icon={X} label={say('ownImage.close')} onClick={() => own.openPad(false)} />
    </section>
  );
}

function OwnAnswers() {
  const lanes = useToldLanes();
  const classes = useLabState((state) => namedData(state)?.classes ?? []).map(({ name }) => name);
  const answers = useOwnImageState((state) => state.answers);
  const asking = useOwnImageState((state) => state.asking);
  if (answers === null) return <p className={`${styles.answers} ${styles.note}`}>{say('ownImage.waiting')}</p>;
  return (
    <div className={styles.answers}>
      <ul
        className={lanes.length > MAX_DETAILED_LANES ? styles.dense : undefined}
        aria-label={say('ownImage.answers')}
        aria-busy={asking}
      >
        {lanes.map(({ name, net }) => (
          <li key={name} className={netClass(net.family)} style={netStyle(depthLightness(net.depth))}>
            <b>
              <Name>{name}</Name>
            </b>
            <span className={predictions.answer}>
              <AnswerWords probabilities={answers.answers.get(name) ?? null} classes={classes} right={null} />
            </span>
          </li>
        ))}
      </ul>
      <figure>
        <PictureCanvas picture={answers.seen} className={styles.seen} />
        <figcaption className={styles.note}>{say('ownImage.seen', { size: answers.seen.size })}</figcaption>
      </figure>
    </div>
  );
}
