import { Plus } from 'lucide-react';
import { useState } from 'react';
import { BlockDiagram } from '../../charts/block/BlockDiagram.tsx';
import { depthLightness, netClass, netStyle } from '../../charts/colours.ts';
import { useWidth } from '../../charts/plot-area.ts';
import { designProblem } from '../../core/experiment/limits.ts';
import { bytesText, short } from '../../core/format.ts';
import type { BlockChoices } from '../../core/net/choices.ts';
import { trainingBytes } from '../../core/net/memory.ts';
import { type NetSpec, netName } from '../../core/net/net.ts';
import { printable } from '../../core/quote.ts';
import type { MessageKey } from '../../language/messages.ts';
import { say } from '../../language/say.ts';
import { sayIt } from '../../language/sentence.ts';
import { Select } from '../../ui/controls/Choice.tsx';
import { Modal } from '../../ui/controls/Modal.tsx';
import { Toggle } from '../../ui/controls/Toggle.tsx';
import { costOf, useTaskShape } from '../lab/use-net-costs.ts';
import { blockParts, blockPartsText } from '../race/lanes/block-parts.ts';
import { useLab, useLabState } from '../use-stores.ts';
import { ChoiceFields } from './design/ChoiceFields.tsx';
import styles from './design/design.module.css';
import { Field } from './Field.tsx';
import { NetFields } from './NetFields.tsx';
import {
  DESIGNS,
  type Design,
  draftOf,
  FIRST_DRAFT,
  hasBlocks,
  type NetDraft,
  netOf,
  twinOf,
  withBlocks,
  withDesign,
} from './net-draft.ts';

const DESIGN_NAMES = {
  cifar: 'setup.designCifar',
  imagenet: 'setup.designImagenet',
  vgg: 'setup.designVgg',
  alexnet: 'setup.designAlexnet',
  googlenet: 'setup.designGooglenet',
} as const satisfies Record<Design, MessageKey>;

/** One more net, chosen by its design, depth and kind; its cost is shown before it joins. */
export function AddNetDialog() {
  const [open, setOpen] = useState(false);
  const trigger = (
    <button type="button" className="btn mini">
      <Plus size={14} aria-hidden />
      <span>{say('setup.addNet')}</span>
    </button>
  );
  return (
    <Modal trigger={trigger} title={say('setup.addNet')} open={open} onOpen={setOpen}>
      <NetForm first={FIRST_DRAFT} onDone={() => setOpen(false)} />
    </Modal>
  );
}

/** The same, beginning with the design of a net of the race. */
export function DesignDialog({
  name,
  net,
  onClose,
}: {
  readonly name: string;
  readonly net: NetSpec;
  readonly onClose: () => void;
}) {
  return (
    <Modal title={say('design.title', { name: printable(name) })} open onOpen={(open) => open || onClose()}>
      <NetForm first={draftOf(net)} onDone={onClose} />
    </Modal>
  );
}

function NetForm({ first, onDone }: { readonly first: NetDraft; readonly onDone: () => void }) {
  const lab = useLab();
  const late = useLabState((state) => state.step > 0);
  const [draft, setDraft] = useState(first);
  const [wantsTwin, setWantsTwin] = useState(false);
  const made = netOf(draft);
  const net = 'problem' in made ? null : made;
  const twin = hasBlocks(draft.design) ? netOf(twinOf(draft)) : null;
  const refusal = (choices: BlockChoices) => {
    const problem = designProblem({ ...draft, choices });
    return problem === null ? null : sayIt(problem);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (net === null) return;
        lab.addNet(net);
        if (wantsTwin && twin !== null && !('problem' in twin)) lab.addNet(twin);
        onDone();
      }}
    >
      <div>
        <Field label={say('setup.design')} hint={say('setup.designHint')}>
          <Select
            label={say('setup.design')}
            value={draft.design}
            options={DESIGNS.map((design) => ({ value: design, text: say(DESIGN_NAMES[design]) }))}
            onChange={(design) => setDraft(withDesign(draft, design))}
            small
          />
        </Field>
        <NetFields draft={draft} onChange={setDraft} />
        {twin !== null && net !== null && <TwinField twin={twin} checked={wantsTwin} onChange={setWantsTwin} />}
      </div>
      {draft.design === 'cifar' && (
        <ChoiceFields
          choices={draft.choices}
          refusal={refusal}
          onChange={(choices) => setDraft(withBlocks(draft, { choices }))}
        />
      )}
      <div className={`${styles.whole} ${styles.made}`}>
        {net === null ? (
          <p role="alert" aria-live="assertive" className="problem">
            {'problem' in made && made.problem}
          </p>
        ) : (
          <Made net={net} />
        )}
        {late && <p>{say('setup.catchUp')}</p>}
      </div>
      <div className={`dialog-actions ${styles.whole}`}>
        <button type="button" className="btn" onClick={onDone}>
          {say('setup.cancel')}
        </button>
        <button type="submit" className="btn primary" disabled={net === null}>
          {say('setup.addNet')}
        </button>
      </div>
    </form>
  );
}

interface TwinFieldProps {
  readonly twin: ReturnType<typeof netOf>;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Whether the twin of the net joins with it, or why there is none. */
function TwinField({ twin, checked, onChange }: TwinFieldProps) {
  if ('problem' in twin) return <p className={styles.note}>{say('design.noTwin', { why: twin.problem })}</p>;
  const name = netName(twin);
  return (
    <Field label={say('design.twin')} hint={say('design.twinHint', { name })}>
      <Toggle label={say('design.twinOf', { name })} checked={checked} onChange={onChange} />
    </Field>
  );
}

/** The net as it would be: one of its blocks, its name and its cost. */
function Made({ net }: { readonly net: NetSpec }) {
  const { size, classes } = useTaskShape();
  const batch = useLabState((state) => state.experiment.recipe.batch);
  const [attach, width] = useWidth<HTMLDivElement>();
  const { graph, parameters, multiplyAdds } = costOf(net, size, classes);
  const gain = net.gains[0] ?? 1;
  const parts = blockParts(graph, 1, gain);
  return (
    <div ref={attach} className={netClass(net.family)} style={netStyle(depthLightness(net.depth))}>
      {parts.length > 0 && width !== null && (
        <BlockDiagram parts={parts} width={Math.min(width, 560)} label={blockPartsText(parts, gain)} />
      )}
      <p>{say('setup.cost', { name: netName(net), parameters: short(parameters), adds: short(multiplyAdds) })}</p>
      <p>{say('design.memory', { bytes: bytesText(trainingBytes(graph, batch)), batch })}</p>
    </div>
  );
}
