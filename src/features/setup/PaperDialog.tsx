import { type ReactNode, useState } from 'react';
import { sizeWithin, USUAL_PICTURE_SIZE } from '../../core/data/images.ts';
import { sourceSize } from '../../core/experiment/experiment.ts';
import { PAPER_DEPTHS, type PaperDepth, paperExperiment } from '../../core/experiment/presets.ts';
import { printable } from '../../core/quote.ts';
import { say } from '../../language/say.ts';
import { SegmentedControl } from '../../ui/controls/Choice.tsx';
import { Modal } from '../../ui/controls/Modal.tsx';
import { Price, useStepPrice } from '../price/StepPrice.tsx';
import { useLab, useLabState } from '../use-stores.ts';
import { Field } from './Field.tsx';

const DEPTHS = PAPER_DEPTHS.map((depth) => ({ value: String(depth), text: String(depth) }));

/** The paper's own experiment, with what it would cost on this device before it is set up; `children` stand on its button. */
export function PaperDialog({ children }: { readonly children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const trigger = (
    <button type="button" className="btn mini">
      {children}
    </button>
  );
  return (
    <Modal trigger={trigger} title={say('setup.paper')} open={open} onOpen={setOpen} narrow>
      <PaperForm onDone={() => setOpen(false)} />
    </Modal>
  );
}

function PaperForm({ onDone }: { readonly onDone: () => void }) {
  const lab = useLab();
  const data = useLabState((state) => state.experiment.data);
  const seed = useLabState((state) => state.experiment.recipe.seed);
  const [depth, setDepth] = useState<PaperDepth>(20);
  const price = useStepPrice();
  const made = sourceSize(data);
  const size = sizeWithin(made, USUAL_PICTURE_SIZE);
  const experiment = paperExperiment(depth, data, seed, size);
  return (
    <>
      <p>{say('setup.paperAbout')}</p>
      <p>{say('setup.paperDiffers')}</p>
      <Field label={say('setup.depth')} hint={say('setup.depthHint')}>
        <SegmentedControl
          label={say('setup.depth')}
          value={String(depth)}
          options={DEPTHS}
          onChange={(value) => {
            setDepth(PAPER_DEPTHS.find((each) => String(each) === value) ?? depth);
            price.forget();
          }}
        />
      </Field>
      {depth === 110 && <p>{say('setup.paperWarm')}</p>}
      <p>{data.source === 'own' ? say('setup.paperOwn', { name: printable(data.name) }) : say('setup.paperEmoji')}</p>
      {size !== USUAL_PICTURE_SIZE && <p>{say('setup.paperOtherSize', { made, size })}</p>}
      <Price price={price} setUp={() => lab.openInstead(experiment)} onDone={onDone} experiment={experiment} />
    </>
  );
}
