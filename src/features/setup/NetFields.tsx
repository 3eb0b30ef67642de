import { depthProblem, LIMITS } from '../../core/experiment/parse/parse.ts';
import type { BlockKind, Family, Form, ShortcutOption } from '../../core/net/net.ts';
import { SegmentedControl, Select } from '../../ui/controls/Choice.tsx';
import { DraftNumber } from '../../ui/controls/NumberField.tsx';
import { UI } from '../../ui/strings.ts';
import { FAMILY } from '../zoo/strings.ts';
import { DEPTHS, depthsOf, type NetDraft } from './net-draft.ts';

const words = UI.nets;

const FAMILIES: readonly { readonly value: Family; readonly text: string }[] = [
  { value: 'plain', text: words.family.plain },
  { value: 'residual', text: words.family.residual },
];
const BLOCKS: readonly { readonly value: BlockKind; readonly text: string }[] = [
  { value: 'basic', text: words.blocks.basic },
  { value: 'bottleneck', text: words.blocks.bottleneck },
];
const OPTIONS: readonly { readonly value: ShortcutOption; readonly text: string }[] = [
  { value: 'A', text: words.options.A },
  { value: 'B', text: words.options.B },
  { value: 'C', text: words.options.C },
];
const FORMS: readonly { readonly value: Form; readonly text: string }[] = [
  { value: 'paper', text: FAMILY.table.forms.paper },
  { value: 'pytorch', text: FAMILY.table.forms.pytorch },
];
const NORMS = [
  { value: 'without', text: words.norms.without },
  { value: 'with', text: words.norms.with },
] as const;

interface NetFieldsProps {
  readonly draft: NetDraft;
  readonly onChange: (part: Partial<NetDraft>) => void;
}

/** What there is to choose of a design. */
export function NetFields({ draft, onChange }: NetFieldsProps) {
  const { design, family, depth, width, block, option, form, norm } = draft;
  const hasBlocks = design === 'cifar' || design === 'imagenet';
  const depths = depthsOf(design);
  const chooseBlock = (next: BlockKind) => {
    const fits = depthProblem(depth, next) === null;
    onChange({ block: next, depth: fits ? depth : next === 'basic' ? 20 : 29 });
  };
  return (
    <>
      {hasBlocks && (
        <div className="row">
          <span>{words.kind}</span>
          <SegmentedControl
            label={words.kind}
            value={family}
            options={FAMILIES}
            onChange={(next) => onChange({ family: next })}
          />
        </div>
      )}
      {design === 'cifar' && (
        <div className="row">
          <span>{words.depth}</span>
          <DraftNumber
            label={words.depth}
            value={depth}
            range={{ ...DEPTHS, whole: true }}
            step={block === 'basic' ? 6 : 9}
            onChange={(next) => onChange({ depth: next })}
          />
        </div>
      )}
      {depths !== null && (
        <div className="row">
          <span>{words.depth}</span>
          <SegmentedControl
            label={words.depth}
            value={String(depth)}
            options={depths.map((each) => ({ value: String(each), text: String(each) }))}
            onChange={(next) => onChange({ depth: Number(next) })}
          />
        </div>
      )}
      <div className="row">
        <span>{words.width}</span>
        <DraftNumber
          label={words.width}
          value={width}
          range={{ ...LIMITS.width, whole: true }}
          step={1}
          onChange={(next) => onChange({ width: next })}
        />
      </div>
      {design === 'cifar' && (
        <div className="row">
          <span>{words.block}</span>
          <SegmentedControl label={words.block} value={block} options={BLOCKS} onChange={chooseBlock} />
        </div>
      )}
      {hasBlocks && (
        <div className="row">
          <span>{words.option}</span>
          <Select
            label={words.option}
            value={option}
            options={OPTIONS}
            onChange={(next) => onChange({ option: next })}
            small
          />
        </div>
      )}
      {design === 'vgg' && (
        <div className="row">
          <span>{words.norm}</span>
          <SegmentedControl
            label={words.norm}
            value={norm ? 'with' : 'without'}
            options={NORMS}
            onChange={(next) => onChange({ norm: next === 'with' })}
          />
        </div>
      )}
      {(design === 'alexnet' || design === 'googlenet' || (design === 'imagenet' && depth >= 50)) && (
        <div className="row">
          <span>{FAMILY.table.form}</span>
          <SegmentedControl
            label={FAMILY.table.form}
            value={form}
            options={FORMS}
            onChange={(next) => onChange({ form: next })}
          />
        </div>
      )}
    </>
  );
}
