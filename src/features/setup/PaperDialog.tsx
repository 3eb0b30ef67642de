import { useState } from 'react';
import { sizeWithin, USUAL_PICTURE_SIZE } from '../../core/data/image-sizes.ts';
import { madeSize } from '../../core/experiment/experiment.ts';
import { PAPER_DEPTHS, PAPER_STEPS, type PaperDepth, paperExperiment } from '../../core/experiment/presets.ts';
import { short } from '../../core/format.ts';
import { SegmentedControl } from '../../ui/controls/Choice.tsx';
import { Modal } from '../../ui/controls/Modal.tsx';
import { costOf, useTaskShape } from '../race/use-net-costs.ts';
import { useLab, useLabState } from '../use-stores.ts';
import { PAPER_TEXT, span } from './paper-strings.ts';

const words = PAPER_TEXT;
const DEPTHS = PAPER_DEPTHS.map((depth) => ({ value: String(depth), text: String(depth) }));

/** The paper's own experiment, with what it would cost on this device before it is set up. */
export function PaperDialog() {
  const [open, setOpen] = useState(false);
  const trigger = (
    <button type="button" className="btn mini">
      {words.button}
    </button>
  );
  return (
    <Modal trigger={trigger} title={words.title} open={open} onOpen={setOpen} narrow>
      <PaperForm onDone={() => setOpen(false)} />
    </Modal>
  );
}

/** Rounds whose time is taken, after one that warms up. */
const MEASURED = 2;

function PaperForm({ onDone }: { readonly onDone: () => void }) {
  const lab = useLab();
  const data = useLabState((state) => state.experiment.data);
  const seed = useLabState((state) => state.experiment.recipe.seed);
  const { classes } = useTaskShape();
  const [depth, setDepth] = useState<PaperDepth>(20);
  const [measuring, setMeasuring] = useState(false);
  const [seconds, setSeconds] = useState<number | null>(null);
  const made = madeSize(data);
  const size = sizeWithin(made, USUAL_PICTURE_SIZE);
  const experiment = paperExperiment(depth, data, seed, size);
  const { batch } = experiment.recipe;
  const perImage = experiment.lanes.reduce((sum, { net }) => sum + costOf(net, size, classes).multiplyAdds, 0);
  const measure = async () => {
    setMeasuring(true);
    try {
      await lab.open(experiment);
      await lab.step(1);
      const begun = performance.now();
      await lab.step(MEASURED);
      setSeconds((performance.now() - begun) / 1000 / MEASURED);
      await lab.open(experiment);
    } finally {
      setMeasuring(false);
    }
  };
  return (
    <>
      <p>{words.about}</p>
      <div className="row">
        <span>{words.depth}</span>
        <SegmentedControl
          label={words.depth}
          value={String(depth)}
          options={DEPTHS}
          onChange={(value) => {
            setDepth(PAPER_DEPTHS.find((each) => String(each) === value) ?? depth);
            setSeconds(null);
          }}
        />
      </div>
      {depth === 110 && <p>{words.warm}</p>}
      <p>
        {`${data.source === 'own' ? words.own(data.name) : words.emoji}${size !== USUAL_PICTURE_SIZE ? ` ${words.otherSize(made, size)}` : ''}`}
      </p>
      <p>{words.cost(short(perImage * batch * PAPER_STEPS))}</p>
      <p role="status">
        <span>{measuring && words.measuring}</span>
        {seconds !== null && !measuring && <b>{words.time(words.seconds(seconds), span(seconds * PAPER_STEPS))}</b>}
      </p>
      <div className="actions">
        {seconds === null || measuring ? (
          <button
            type="button"
            className="btn primary"
            disabled={measuring}
            onClick={() => {
              lab.attempt(measure);
            }}
          >
            {words.use}
          </button>
        ) : (
          <button type="button" className="btn primary" onClick={onDone}>
            {words.done}
          </button>
        )}
      </div>
    </>
  );
}
