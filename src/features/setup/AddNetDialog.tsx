import { Plus } from 'lucide-react';
import { useState } from 'react';
import { BlockDiagram } from '../../charts/block/BlockDiagram.tsx';
import { depthLightness, netClass, netStyle } from '../../charts/colours.ts';
import { useWidth } from '../../charts/plot-area.ts';
import { choicesProblem, LIMITS } from '../../core/experiment/limits.ts';
import { bytesText, short } from '../../core/format.ts';
import type { BlockChoices } from '../../core/net/choices.ts';
import { trainingBytes } from '../../core/net/memory.ts';
import {
  type BlockKind,
  layersPerBlock,
  type NetKind,
  type NetSpec,
  netName,
  type ShortcutType,
  STAGES,
  type Variant,
} from '../../core/net/net.ts';
import { printable } from '../../core/quote.ts';
import type { MessageKey } from '../../language/messages.ts';
import { say } from '../../language/say.ts';
import { sayIt } from '../../language/sentence.ts';
import { SegmentedControl, Select } from '../../ui/controls/Choice.tsx';
import { Modal } from '../../ui/controls/Modal.tsx';
import { DraftNumber } from '../../ui/controls/NumberField.tsx';
import { Toggle } from '../../ui/controls/Toggle.tsx';
import { blockParts, blockPartsText } from '../race/lanes/block-parts.ts';
import { costOf, useTaskShape } from '../race/use-net-costs.ts';
import { useLab, useLabState } from '../use-stores.ts';
import { ChoiceFields } from './design/ChoiceFields.tsx';
import styles from './design/design.module.css';
import { Field } from './Field.tsx';
import {
  DEPTHS,
  type Design,
  depthsOf,
  draftOf,
  FIRST_DRAFT,
  type NetDraft,
  netOf,
  twinOf,
  withBlocks,
  withDesign,
} from './net-draft.ts';

/** The values of a choice, each with the message that names it. */
type Names<Value extends string> = readonly (readonly [value: Value, name: MessageKey])[];

const DESIGNS: Names<Design> = [
  ['cifar', 'setup.designCifar'],
  ['imagenet', 'setup.designImagenet'],
  ['vgg', 'setup.designVgg'],
  ['alexnet', 'setup.designAlexnet'],
  ['googlenet', 'setup.designGooglenet'],
];
const FAMILIES: Names<NetKind> = [
  ['plain', 'setup.plain'],
  ['residual', 'setup.residual'],
];
const BLOCKS: Names<BlockKind> = [
  ['basic', 'setup.basic'],
  ['bottleneck', 'setup.bottleneck'],
];
const OPTIONS: Names<ShortcutType> = [
  ['A', 'setup.optionA'],
  ['B', 'setup.optionB'],
  ['C', 'setup.optionC'],
];
const FORMS: Names<Variant> = [
  ['paper', 'setup.formPaper'],
  ['pytorch', 'setup.formPytorch'],
];
const NORMS: Names<'with' | 'without'> = [
  ['without', 'setup.without'],
  ['with', 'setup.with'],
];

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
    const problem = choicesProblem({ ...draft, choices });
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
            options={optionsOf(DESIGNS)}
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
          <p role="alert" className="problem">
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

function hasBlocks(design: Design): boolean {
  return design === 'cifar' || design === 'imagenet';
}

interface NetFieldsProps {
  readonly draft: NetDraft;
  readonly onChange: (draft: NetDraft) => void;
}

/** The options that a design has. */
function NetFields({ draft, onChange: onDraft }: NetFieldsProps) {
  const { design, family, depth, width, block, option, form, norm } = draft;
  const blocks = hasBlocks(design);
  const depths = depthsOf(design);
  const onChange = (part: Partial<NetDraft>) => onDraft({ ...draft, ...part });
  return (
    <>
      {blocks && (
        <Field label={say('setup.kind')} hint={say('setup.kindHint')}>
          <SegmentedControl
            label={say('setup.kind')}
            value={family}
            options={optionsOf(FAMILIES)}
            onChange={(next) => onChange({ family: next })}
          />
        </Field>
      )}
      {design === 'cifar' && (
        <Field label={say('setup.depth')} hint={say('setup.depthHint')}>
          <DraftNumber
            label={say('setup.depth')}
            value={depth}
            range={{ ...DEPTHS, whole: true }}
            step={STAGES * layersPerBlock(draft)}
            onChange={(next) => onChange({ depth: next })}
          />
        </Field>
      )}
      {depths !== null && (
        <Field label={say('setup.depth')} hint={say('setup.depthHint')}>
          <SegmentedControl
            label={say('setup.depth')}
            value={String(depth)}
            options={depths.map((each) => ({ value: String(each), text: String(each) }))}
            onChange={(next) => onChange({ depth: Number(next) })}
          />
        </Field>
      )}
      <Field label={say('setup.width')} hint={say('setup.widthHint')}>
        <DraftNumber
          label={say('setup.width')}
          value={width}
          range={{ ...LIMITS.width, whole: true }}
          step={1}
          onChange={(next) => onChange({ width: next })}
        />
      </Field>
      {design === 'cifar' && (
        <Field label={say('setup.blocks')} hint={say('setup.blocksHint')}>
          <SegmentedControl
            label={say('setup.blocks')}
            value={block}
            options={optionsOf(BLOCKS)}
            onChange={(next) => onDraft(withBlocks(draft, { block: next }))}
          />
        </Field>
      )}
      {blocks && (
        <Field label={say('setup.shortcuts')} hint={say('setup.shortcutsHint')}>
          <Select
            label={say('setup.shortcuts')}
            value={option}
            options={optionsOf(OPTIONS)}
            onChange={(next) => onChange({ option: next })}
            small
          />
        </Field>
      )}
      {design === 'vgg' && (
        <Field label={say('setup.norm')} hint={say('setup.normHint')}>
          <SegmentedControl
            label={say('setup.norm')}
            value={norm ? 'with' : 'without'}
            options={optionsOf(NORMS)}
            onChange={(next) => onChange({ norm: next === 'with' })}
          />
        </Field>
      )}
      {(design === 'alexnet' || design === 'googlenet' || (design === 'imagenet' && depth >= 50)) && (
        <Field label={say('setup.form')} hint={say('setup.formHint')}>
          <SegmentedControl
            label={say('setup.form')}
            value={form}
            options={optionsOf(FORMS)}
            onChange={(next) => onChange({ form: next })}
          />
        </Field>
      )}
    </>
  );
}

function optionsOf<Value extends string>(names: Names<Value>) {
  return names.map(([value, name]) => ({ value, text: say(name) }));
}
