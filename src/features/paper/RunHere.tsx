import { Play } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { onlyLanes } from '../../core/experiment/lane-changes.ts';
import { PRESETS, type PresetName } from '../../core/experiment/presets.ts';
import { listed, say } from '../../language/say.ts';
import { Modal } from '../../ui/controls/Modal.tsx';
import { Price, useStepPrice } from '../price/StepPrice.tsx';
import type { BriefNet } from '../records/record-nets.ts';
import { PRESET_WORDS } from '../setup/presets/preset-words.ts';
import { useLab } from '../use-stores.ts';

/** Sets up a preset, when it is known what it costs on this device. */
export function RunPreset({ preset }: { readonly preset: PresetName }) {
  const lab = useLab();
  const experiment = PRESETS[preset];
  return <RunHere experiment={experiment} setUp={() => lab.openInstead(experiment)} about={presetName(preset)} />;
}

function presetName(preset: PresetName): string {
  const { minutes, name } = PRESET_WORDS[preset];
  return say('setup.minutes', { minutes, name: say(name) });
}

/** What stands on a button that sets up a race. */
export function RunLabel({ text }: { readonly text: string }) {
  return (
    <>
      <Play size={12} aria-hidden />
      <span>{text}</span>
    </>
  );
}

interface RunHereProps {
  readonly experiment: Experiment;
  readonly setUp: () => PromiseLike<void>;
  /** The nets that are known to stop at once, and are no part of the price. */
  readonly uncounted?: readonly BriefNet[];
  /** On the button; "Run it here" if left out. */
  readonly text?: string;
  /** Beside the button. */
  readonly about: string;
}

/** A button and its dialog: what would be trained, what it costs, and after some measured steps how long it takes here. */
export function RunHere({ experiment, setUp, uncounted = [], text = say('paper.run'), about }: RunHereProps) {
  const [open, setOpen] = useState(false);
  const trigger = (
    <button type="button" className="btn mini">
      <RunLabel text={text} />
    </button>
  );
  return (
    <>
      <Modal trigger={trigger} title={text} open={open} onOpen={setOpen} narrow>
        <Form experiment={experiment} setUp={setUp} uncounted={uncounted} onDone={() => setOpen(false)} />
      </Modal>
      <small>{about}</small>
    </>
  );
}

interface FormProps extends Pick<Required<RunHereProps>, 'experiment' | 'setUp' | 'uncounted'> {
  readonly onDone: () => void;
}

function Form({ experiment, setUp, uncounted, onDone }: FormProps) {
  const price = useStepPrice();
  const { lanes, recipe, until } = experiment;
  const names = useMemo(() => lanes.map(({ name }) => name), [lanes]);
  const counted = useMemo(() => {
    const isCounted = (name: string) => uncounted.every((net) => net.name !== name);
    return onlyLanes(experiment, names.filter(isCounted));
  }, [experiment, names, uncounted]);
  const warmUp = Math.max(1, ...uncounted.map(({ step }) => step));
  const done = () => {
    onDone();
    // The dialog gives the focus back to the card first.
    requestAnimationFrame(() => scrollTo({ top: 0 }));
  };
  return (
    <>
      <p>{say('paper.runNets', { nets: listed(names), steps: until, batch: recipe.batch })}</p>
      {uncounted.length > 0 && <p>{say('paper.runUncounted', { nets: listed(uncounted.map(({ name }) => name)) })}</p>}
      <p>{say('paper.runReplaces')}</p>
      <Price {...{ price, setUp, warmUp }} onDone={done} experiment={counted} />
    </>
  );
}
