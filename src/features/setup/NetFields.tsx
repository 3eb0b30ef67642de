import { LIMITS } from '../../core/experiment/limits.ts';
import {
  type BlockKind,
  layersPerBlock,
  type NetKind,
  type ShortcutType,
  STAGES,
  type Variant,
} from '../../core/net/net.ts';
import type { MessageKey } from '../../language/messages.ts';
import { say } from '../../language/say.ts';
import { SegmentedControl, Select } from '../../ui/controls/Choice.tsx';
import { DraftNumber } from '../../ui/controls/NumberField.tsx';
import { Field } from './Field.tsx';
import { DEPTHS, depthsOf, hasBlocks, type NetDraft, withBlocks } from './net-draft.ts';

/** The values of a choice, each with the message that names it. */
type Names<Value extends string> = readonly (readonly [value: Value, name: MessageKey])[];

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

interface NetFieldsProps {
  readonly draft: NetDraft;
  readonly onChange: (draft: NetDraft) => void;
}

/** The options that a design has. */
export function NetFields({ draft, onChange: onDraft }: NetFieldsProps) {
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
