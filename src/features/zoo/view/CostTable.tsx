import { useMemo, useState } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { count, short } from '../../../core/format.ts';
import { blockKind, type ShortcutType, stageBlocks, type Variant, type ZooNet } from '../../../core/net/net.ts';
import { paperBillions } from '../../../core/net/paper.ts';
import { IMAGENET, PAPER_WIDTH } from '../../../core/net/zoo.ts';
import { say } from '../../../language/say.ts';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { Glyph } from '../../../ui/controls/Name.tsx';
import { COSTS_ID } from '../../../ui/section-ids.ts';
import { AS_IN_THE_PAPER, type FamilyMember, familyMembers } from './nets.ts';
import styles from './zoo.module.css';

const SIZES = [224, 64, 32];
const WIDTHS = [64, 16, 8];
const OPTIONS = ['A', 'B', 'C'] as const satisfies readonly ShortcutType[];

/** Table 1 of the paper and the nets around it, counted as they are chosen. */
export function CostTable() {
  const [choice, setChoice] = useState(AS_IN_THE_PAPER);
  const members = useMemo(() => familyMembers(choice), [choice]);
  const { size, width, form, option } = choice;
  const asInThePaper = size === IMAGENET.size && width === PAPER_WIDTH;
  return (
    <section className={`${styles.figure} ${styles.wide}`} aria-label={say('zoo.costsTitle')}>
      <div className="fig-head">
        <h3>{say('zoo.costsTitle')}</h3>
      </div>
      <div className={styles.tools}>
        <SegmentedControl
          label={say('zoo.imageSize')}
          value={String(size)}
          options={SIZES.map((pixels) => ({ value: String(pixels), text: say('zoo.pixels', { pixels }) }))}
          onChange={(next) => setChoice({ ...choice, size: Number(next) })}
        />
        <SegmentedControl
          label={say('zoo.width')}
          value={String(width)}
          options={WIDTHS.map((value) => ({ value: String(value), text: widthText(value) }))}
          onChange={(next) => setChoice({ ...choice, width: Number(next) })}
        />
        <SegmentedControl
          label={say('zoo.form')}
          value={form}
          options={formOptions()}
          onChange={(next) => setChoice({ ...choice, form: next })}
        />
        <SegmentedControl
          label={say('zoo.shortcutOption')}
          value={option}
          options={OPTIONS.map((value) => ({ value, text: say('zoo.option', { option: value }) }))}
          onChange={(next) => setChoice({ ...choice, option: next })}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section id={COSTS_ID} className={`fig-table ${styles.costs}`} tabIndex={0} aria-label={say('zoo.costsTable')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('zoo.net')}</th>
              <th scope="col">{say('zoo.layers')}</th>
              <th scope="col">{say('zoo.blocksPerStage')}</th>
              <th scope="col">{say('zoo.maps')}</th>
              <th scope="col">{say('zoo.parameters')}</th>
              <th scope="col">{say('zoo.multiplyAdds')}</th>
              <th scope="col">{say('zoo.paper')}</th>
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <Row key={member.name} member={member} paper={asInThePaper ? paperBillions(member.name) : undefined} />
            ))}
          </tbody>
        </table>
      </section>
      <p className="source">{say('zoo.costsSource')}</p>
    </section>
  );
}

function Row({ member, paper }: { readonly member: FamilyMember; readonly paper: number | undefined }) {
  const { name, net, maps, parameters, multiplyAdds } = member;
  return (
    <tr className={netClass(net.family)} style={netStyle(depthLightness(net.depth))}>
      <th scope="row">
        <Glyph family={net.family} depth={net.depth} />
        <span>{name}</span>
      </th>
      <td>{net.depth}</td>
      <td>{blocksText(net)}</td>
      <td>{maps.join(', ')}</td>
      <td>{count(parameters)}</td>
      <td>{short(multiplyAdds)}</td>
      <td>{paper === undefined ? '–' : `${paper.toFixed(1)}G`}</td>
    </tr>
  );
}

/** The choice between a net's form in its paper and in PyTorch. */
function formOptions(): readonly { readonly value: Variant; readonly text: string }[] {
  return [
    { value: 'paper', text: say('zoo.formPaper') },
    { value: 'pytorch', text: say('zoo.formPytorch') },
  ];
}

function widthText(width: number): string {
  return width === PAPER_WIDTH ? say('zoo.fullWidth') : say('zoo.widthText', { width });
}

/** "3, 4, 6, 3 bottleneck" */
function blocksText(net: ZooNet): string {
  const counts = stageBlocks(net).join(', ');
  switch (blockKind(net)) {
    case null:
      return '–';
    case 'basic':
      return say('zoo.basicBlocks', { counts });
    case 'bottleneck':
      return say('zoo.bottleneckBlocks', { counts });
  }
}
