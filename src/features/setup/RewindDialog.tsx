import { useState } from 'react';
import { branchStep } from '../../core/experiment/origin.ts';
import { Modal } from '../../ui/controls/Modal.tsx';
import { RangeSlider } from '../../ui/controls/RangeSlider.tsx';
import { UI } from '../../ui/strings.ts';
import { useLab, useLabState } from '../use-stores.ts';

const words = UI.branching;
const NONE: readonly number[] = [];

/** A scrubber over the checkpoints of a net. */
export function RewindDialog({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const lab = useLab();
  const kept = useLabState((state) => state.kept.get(name) ?? NONE);
  const curve = useLabState((state) => state.curves.get(name));
  const lane = useLabState((state) => state.experiment.lanes.find((each) => each.name === name));
  // A net that was branched off another was never at step 0 here.
  const first = lane === undefined || branchStep(lane) === 0 ? [0] : [];
  const steps = [...first, ...kept];
  const [chosen, setChosen] = useState<number | null>(null);
  const at = Math.min(chosen ?? steps.length - 1, steps.length - 1);
  const step = steps[at];
  const error = step === undefined || step === 0 ? undefined : curve?.errors[step - 1];
  return (
    <Modal title={words.rewindTitle(name)} open onOpen={(open) => open || onClose()} narrow>
      {step === undefined ? (
        <p>{words.noCheckpoint}</p>
      ) : (
        <>
          <p>{words.rewindAbout}</p>
          <div className="rewind">
            <RangeSlider
              label={words.checkpoint}
              value={at}
              min={0}
              max={Math.max(1, steps.length - 1)}
              step={1}
              valueText={words.atStep(step)}
              onChange={setChosen}
            />
            <output>{words.atStep(step)}</output>
            <span>{error === undefined ? words.untrained : words.errorThere(error)}</span>
          </div>
          <div className="actions">
            <button
              type="button"
              className="btn primary"
              onClick={() => {
                onClose();
                lab.rewind(name, step);
              }}
            >
              {words.rewindTo(step)}
            </button>
          </div>
        </>
      )}
    </Modal>
  );
}
