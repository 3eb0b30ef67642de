import { Plus } from 'lucide-react';
import { useState } from 'react';
import { depthProblem, LIMITS } from '../../core/experiment/limits.ts';
import { short } from '../../core/format.ts';
import { type BlockKind, type NetKind, netName, type ShortcutType, type Variant } from '../../core/net/net.ts';
import type { MessageKey } from '../../language/messages.ts';
import { say } from '../../language/say.ts';
import { SegmentedControl, Select } from '../../ui/controls/Choice.tsx';
import { Modal } from '../../ui/controls/Modal.tsx';
import { DraftNumber } from '../../ui/controls/NumberField.tsx';
import { costOf, useTaskShape } from '../race/use-net-costs.ts';
import { useLab, useLabState } from '../use-stores.ts';
import { Field } from './Field.tsx';
import styles from './lab.module.css';
import { DEPTHS, type Design, depthsOf, FIRST_DRAFT, type NetDraft, netOf, withDesign } from './net-draft.ts';

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
    <Modal trigger={trigger} title={say('setup.addNet')} open={open} onOpen={setOpen} narrow>
      <NetForm onDone={() => setOpen(false)} />
    </Modal>
  );
}

function NetForm({ onDone }: { readonly onDone: () => void }) {
  const lab = useLab();
  const task = useTaskShape();
  const late = useLabState((state) => state.step > 0);
  const [draft, setDraft] = useState(FIRST_DRAFT);
  const change = (part: Partial<NetDraft>) => setDraft({ ...draft, ...part });
  const made = netOf(draft);
  const net = 'problem' in made ? null : made;
  const cost = net === null ? null : costOf(net, task.size, task.classes);
  return (
    <form
      className={styles.netForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (net === null) return;
        lab.addNet(net);
        onDone();
      }}
    >
      <Field label={say('setup.design')} hint={say('setup.designHint')}>
        <Select
          label={say('setup.design')}
          value={draft.design}
          options={optionsOf(DESIGNS)}
          onChange={(design) => setDraft(withDesign(draft, design))}
          small
        />
      </Field>
      <NetFields draft={draft} onChange={change} />
      {'problem' in made && (
        <p role="alert" className="problem">
          {made.problem}
        </p>
      )}
      {net !== null && cost !== null && (
        <p>
          {say('setup.cost', {
            name: netName(net),
            parameters: short(cost.parameters),
            adds: short(cost.multiplyAdds),
          })}
        </p>
      )}
      {late && <p>{say('setup.catchUp')}</p>}
      <div className="dialog-actions">
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

interface NetFieldsProps {
  readonly draft: NetDraft;
  readonly onChange: (part: Partial<NetDraft>) => void;
}

/** The options that a design has. */
function NetFields({ draft, onChange }: NetFieldsProps) {
  const { design, family, depth, width, block, option, form, norm } = draft;
  const hasBlocks = design === 'cifar' || design === 'imagenet';
  const depths = depthsOf(design);
  const chooseBlock = (next: BlockKind) => {
    const fits = depthProblem(depth, { block: next }) === null;
    onChange({ block: next, depth: fits ? depth : next === 'basic' ? 20 : 29 });
  };
  return (
    <>
      {hasBlocks && (
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
            step={block === 'basic' ? 6 : 9}
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
            onChange={chooseBlock}
          />
        </Field>
      )}
      {hasBlocks && (
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
