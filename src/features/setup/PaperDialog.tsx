import { useState } from 'react';
import { sizeWithin, USUAL_PICTURE_SIZE } from '../../core/data/images.ts';
import { sourceSize } from '../../core/experiment/experiment.ts';
import { PAPER_DEPTHS, PAPER_STEPS, type PaperDepth, paperExperiment } from '../../core/experiment/presets.ts';
import { short } from '../../core/format.ts';
import { printable } from '../../core/quote.ts';
import { parts, say } from '../../language/say.ts';
import { SegmentedControl } from '../../ui/controls/Choice.tsx';
import { Modal } from '../../ui/controls/Modal.tsx';
import { Said } from '../../ui/Said.tsx';
import { costOf, useTaskShape } from '../race/use-net-costs.ts';
import { useLab, useLabState } from '../use-stores.ts';
import { Field } from './Field.tsx';

const DEPTHS = PAPER_DEPTHS.map((depth) => ({ value: String(depth), text: String(depth) }));

/** The paper's own experiment, with what it would cost on this device before it is set up. */
export function PaperDialog() {
  const [open, setOpen] = useState(false);
  const trigger = (
    <button type="button" className="btn mini">
      {say('setup.paperButton')}
    </button>
  );
  return (
    <Modal trigger={trigger} title={say('setup.paper')} open={open} onOpen={setOpen} narrow>
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
  const made = sourceSize(data);
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
      <p>{say('setup.paperAbout')}</p>
      <p>{say('setup.paperDiffers')}</p>
      <Field label={say('setup.depth')} hint={say('setup.depthHint')}>
        <SegmentedControl
          label={say('setup.depth')}
          value={String(depth)}
          options={DEPTHS}
          onChange={(value) => {
            setDepth(PAPER_DEPTHS.find((each) => String(each) === value) ?? depth);
            setSeconds(null);
          }}
        />
      </Field>
      {depth === 110 && <p>{say('setup.paperWarm')}</p>}
      <p>{data.source === 'own' ? say('setup.paperOwn', { name: printable(data.name) }) : say('setup.paperEmoji')}</p>
      {size !== USUAL_PICTURE_SIZE && <p>{say('setup.paperOtherSize', { made, size })}</p>}
      <p>{say('setup.paperCost', { adds: short(perImage * batch * PAPER_STEPS) })}</p>
      <p role="status">
        <span>{measuring && say('setup.paperMeasuring')}</span>
        {seconds !== null && !measuring && <Time seconds={seconds} />}
      </p>
      <div className="dialog-actions">
        {seconds === null || measuring ? (
          <button
            type="button"
            className="btn primary"
            disabled={measuring}
            onClick={() => {
              lab.attempt(measure);
            }}
          >
            {say('setup.paperUse')}
          </button>
        ) : (
          <button type="button" className="btn primary" onClick={onDone}>
            {say('setup.paperDone')}
          </button>
        )}
      </div>
    </>
  );
}

function Time({ seconds }: { readonly seconds: number }) {
  const sentence = parts('setup.paperTime', {
    all: sayDuration(seconds * PAPER_STEPS),
    step: say('setup.paperSeconds', { seconds }),
  });
  return <Said parts={sentence} tags={{ b: (text) => <b>{text}</b> }} />;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "40 minutes", "9 hours", "12 days": in the largest unit of which there are one and a half. */
export function sayDuration(seconds: number): string {
  if (seconds >= 1.5 * DAY) return say('setup.paperDays', { count: Math.round(seconds / DAY) });
  if (seconds >= 1.5 * HOUR) return say('setup.paperHours', { count: Math.round(seconds / HOUR) });
  return say('setup.paperMinutes', { count: Math.max(1, Math.round(seconds / MINUTE)) });
}
