import { Name } from '../../../ui/controls/Name.tsx';
import './own-image.css';
import { X } from 'lucide-react';
import { useState } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { MAX_DETAILED_LANES } from '../../../charts/plot-area.ts';
import { IconButton } from '../../../ui/controls/Button.tsx';
import { PictureCanvas } from '../../../ui/controls/PictureCanvas.tsx';
import { useLabState, useOwnImage, useOwnImageState } from '../../use-stores.ts';
import { OWN_IMAGE_TEXT } from '../strings.ts';
import { AnswerWords } from './Answer.tsx';
import type { Brush } from './DrawingPad.tsx';
import { DrawingPad } from './DrawingPad.tsx';
import { BRUSHES, DrawingToolbar } from './DrawingToolbar.tsx';

const words = OWN_IMAGE_TEXT;

/** One image to be drawn, with what every net takes it for while it is. */
export function OwnImagePart({ onFile }: { readonly onFile: (file: File) => void }) {
  const own = useOwnImage();
  const drawing = useOwnImageState((state) => state.drawing);
  const paper = own.paper();
  const [brush, setBrush] = useState<Brush>({
    colour: paper === 'black' ? '#ffffff' : '#1b1b1b',
    width: BRUSHES.medium,
  });
  return (
    <section className="own-image" aria-label={words.title}>
      <DrawingPad drawing={drawing} brush={brush} onDraw={own.draw} onFile={onFile} />
      <DrawingToolbar drawing={drawing} brush={brush} paper={paper} onBrush={setBrush} onDraw={own.draw} />
      <OwnAnswers />
      <IconButton icon={X} label={words.close} onClick={() => own.openPad(false)} />
    </section>
  );
}

function OwnAnswers() {
  const lanes = useLabState((state) => state.experiment.lanes);
  const classes = useLabState((state) => state.data?.classes ?? []).map(({ name }) => name);
  const answers = useOwnImageState((state) => state.answers);
  if (answers === null) return <p className="own-answers note">{words.waiting}</p>;
  return (
    <div className="own-answers">
      <ul className={lanes.length > MAX_DETAILED_LANES ? 'dense' : ''} aria-label={words.told}>
        {lanes.map(({ name, net }) => (
          <li key={name} className={netClass(net.family)} style={netStyle(depthLightness(net.depth))}>
            <b>
              <Name>{name}</Name>
            </b>
            <span className="answer">
              <AnswerWords probabilities={answers.answers.get(name) ?? null} classes={classes} right={null} />
            </span>
          </li>
        ))}
      </ul>
      <figure>
        <PictureCanvas picture={answers.seen} className="seen" />
        <figcaption className="note">{words.seen(answers.seen.size)}</figcaption>
      </figure>
    </div>
  );
}
