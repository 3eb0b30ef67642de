import { leastIndex } from 'd3';
import { GitBranch } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, useState } from 'react';
import { bytesText } from '../../core/format.ts';
import { netName } from '../../core/net/net.ts';
import { withoutRepBranches } from '../../core/net/rep-branches.ts';
import { printable } from '../../core/quote.ts';
import type { WeightsFormat } from '../../core/results/snapshot.ts';
import { say } from '../../language/say.ts';
import { FileField } from '../../ui/controls/Button.tsx';
import { Modal } from '../../ui/controls/Modal.tsx';
import { RangeSlider } from '../../ui/controls/RangeSlider.tsx';
import { fileName, saveFile } from '../../ui/save-file.ts';
import { begunOf } from '../lab/lane-now.ts';
import { useNetCosts } from '../lab/use-net-costs.ts';
import { useLab, useLabState } from '../use-stores.ts';
import { DesignDialog } from './AddNetDialog.tsx';
import styles from './lab.module.css';

const NONE: readonly number[] = [];

/** What can be done with the life of a net: branch it off, grow it, fold its RepVGG branches, rewind it. */
export function NetMenu({ name }: { readonly name: string }) {
  const lab = useLab();
  const diverged = useLabState((state) => (state.curves.get(name)?.divergedAt ?? null) !== null);
  const begun = useLabState((state) => begunOf(state, name) > 0);
  const net = useLabState((state) => state.experiment.lanes.find((each) => each.name === name)?.net);
  const [rewinding, setRewinding] = useState(false);
  const [designing, setDesigning] = useState(false);
  const folded = net === undefined ? null : withoutRepBranches(net);
  const input = useRef<HTMLInputElement>(null);
  const load = async (file: File) => lab.loadWeights(name, file.name, new Uint8Array(await file.arrayBuffer()));
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <button
            type="button"
            className="btn mini square"
            aria-label={say('setup.netMenu', { name })}
            title={say('setup.netMenu', { name })}
          >
            <GitBranch size={14} aria-hidden />
          </button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
            <DropdownMenu.Item className="menu-item" disabled={diverged} onSelect={() => lab.branch(name)}>
              {say('setup.branch')}
            </DropdownMenu.Item>
            <DropdownMenu.Item
              className="menu-item"
              disabled={diverged || !begun}
              onSelect={() => lab.branch(name, 'grown')}
            >
              {say('setup.grow')}
            </DropdownMenu.Item>
            {folded !== null && (
              <DropdownMenu.Item
                className="menu-item"
                disabled={diverged || !begun}
                onSelect={() => lab.branch(name, 'folded')}
              >
                {say('setup.fold', { net: netName(folded) })}
              </DropdownMenu.Item>
            )}
            <DropdownMenu.Item className="menu-item" disabled={!begun} onSelect={() => setRewinding(true)}>
              {say('setup.rewind')}
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item" onSelect={() => setDesigning(true)}>
              {say('design.open')}
            </DropdownMenu.Item>
            <SaveItems name={name} />
            <DropdownMenu.Item className="menu-item" onSelect={() => input.current?.click()}>
              {say('setup.loadWeights')}
            </DropdownMenu.Item>
            <p className="menu-note">{say('setup.branchNote')}</p>
            {folded !== null && <p className="menu-note">{say('setup.foldNote')}</p>}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <FileField
        ref={input}
        accept=".safetensors"
        label={say('setup.loadWeightsInto', { name })}
        onFile={(file) => lab.attempt(() => load(file))}
      />
      {designing && net !== undefined && <DesignDialog name={name} net={net} onClose={() => setDesigning(false)} />}
      {rewinding && <RewindDialog name={name} onClose={() => setRewinding(false)} />}
    </>
  );
}

/** Saves a net's weights alone, or the whole net. Its parameters are floats of 4 bytes. */
function SaveItems({ name }: { readonly name: string }) {
  const lab = useLab();
  const parameters = useNetCosts().get(name)?.parameters ?? 0;
  const save = (format: WeightsFormat) =>
    lab.attempt(async () => saveFile(`${fileName(name)}.${format}`, await lab.weights(name, format)));
  return (
    <>
      <DropdownMenu.Item className="menu-item" onSelect={() => save('safetensors')}>
        {say('setup.saveWeights')}
      </DropdownMenu.Item>
      <DropdownMenu.Item className="menu-item" onSelect={() => save('onnx')}>
        {say('setup.saveOnnx', { size: bytesText(4 * parameters) })}
      </DropdownMenu.Item>
    </>
  );
}

/** A scrubber over the checkpoints of a net. */
function RewindDialog({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const lab = useLab();
  const kept = useLabState((state) => state.kept.get(name) ?? NONE);
  const curve = useLabState((state) => state.curves.get(name));
  const file = useLabState((state) => state.experiment.lanes.find((lane) => lane.name === name)?.start?.file);
  const startText = file === undefined ? say('setup.untrained') : say('setup.asLoaded', { file: printable(file) });
  const steps = [0, ...kept];
  /** The step that was chosen. While training goes on behind the dialog, checkpoints come, and older ones go. */
  const [chosen, setChosen] = useState<number | null>(null);
  const nearest =
    chosen === null ? undefined : leastIndex(steps, (a, b) => Math.abs(a - chosen) - Math.abs(b - chosen));
  const at = nearest ?? steps.length - 1;
  const step = steps[at] ?? 0;
  const error = step === 0 ? undefined : curve?.errors[step - 1];
  return (
    <Modal title={say('setup.rewindTitle', { name })} open onOpen={(open) => open || onClose()} narrow>
      <p>{say('setup.rewindAbout')}</p>
      <div className={styles.rewind}>
        <RangeSlider
          label={say('setup.checkpoint')}
          value={at}
          min={0}
          max={Math.max(1, steps.length - 1)}
          step={1}
          valueText={say('setup.stepNumber', { step })}
          onChange={(index) => setChosen(steps[index] ?? null)}
        />
        <output>{say('setup.stepNumber', { step })}</output>
        <span>{error === undefined ? startText : say('setup.errorThere', { error })}</span>
      </div>
      <div className="dialog-actions">
        <button
          type="button"
          className="btn primary"
          onClick={() => {
            onClose();
            lab.rewind(name, step);
          }}
        >
          {say('setup.rewindTo', { step })}
        </button>
      </div>
    </Modal>
  );
}
