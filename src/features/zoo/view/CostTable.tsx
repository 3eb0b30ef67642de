import { useMemo, useState } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { count, short } from '../../../core/format.ts';
import { IMAGENET, PAPER_WIDTH } from '../../../core/net/family.ts';
import { blockKind, type Form, type ShortcutOption, stageBlocks } from '../../../core/net/net.ts';
import { PAPER_BILLIONS } from '../../../core/net/paper.ts';
import { SegmentedControl } from '../../../ui/controls/Choice.tsx';
import { Glyph } from '../../../ui/controls/Name.tsx';
import { UI } from '../../../ui/strings.ts';
import { FAMILY } from '../strings.ts';
import { AS_IN_THE_PAPER, type FamilyMember, familyMembers } from './nets.ts';

const words = FAMILY.table;

const SIZES = [224, 64, 32].map((size) => ({ value: String(size), text: words.sizeText(size) }));
const WIDTHS = [64, 16, 8].map((width) => ({ value: String(width), text: words.widthText(width) }));
const FORMS = (['paper', 'pytorch'] as const satisfies readonly Form[]).map((value) => {
  return { value, text: words.forms[value] };
});
const OPTIONS = (['A', 'B', 'C'] as const satisfies readonly ShortcutOption[]).map((value) => {
  return { value, text: words.optionText(value) };
});

/** Table 1 of the paper and the nets around it, counted as they are chosen. */
export function CostTable() {
  const [choice, setChoice] = useState(AS_IN_THE_PAPER);
  const members = useMemo(() => familyMembers(choice), [choice]);
  const { size, width, form, option } = choice;
  const asInThePaper = size === IMAGENET.size && width === PAPER_WIDTH;
  return (
    <section className="family-figure wide" aria-label={words.title}>
      <div className="fig-head">
        <h3>{words.title}</h3>
      </div>
      <div className="family-tools">
        <SegmentedControl
          label={words.size}
          value={String(size)}
          options={SIZES}
          onChange={(next) => setChoice({ ...choice, size: Number(next) })}
        />
        <SegmentedControl
          label={words.width}
          value={String(width)}
          options={WIDTHS}
          onChange={(next) => setChoice({ ...choice, width: Number(next) })}
        />
        <SegmentedControl
          label={words.form}
          value={form}
          options={FORMS}
          onChange={(next) => setChoice({ ...choice, form: next })}
        />
        <SegmentedControl
          label={words.option}
          value={option}
          options={OPTIONS}
          onChange={(next) => setChoice({ ...choice, option: next })}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="fig-table family-costs" tabIndex={0} aria-label={words.scroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.net}</th>
              <th scope="col">{words.layers}</th>
              <th scope="col">{words.blocks}</th>
              <th scope="col">{words.outputs}</th>
              <th scope="col">{words.parameters}</th>
              <th scope="col">{words.multiplyAdds}</th>
              <th scope="col">{words.paper}</th>
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <Row key={member.name} member={member} paper={asInThePaper ? PAPER_BILLIONS[member.name] : undefined} />
            ))}
          </tbody>
        </table>
      </section>
      <p className="source">{words.source}</p>
    </section>
  );
}

function Row({ member, paper }: { readonly member: FamilyMember; readonly paper: number | undefined }) {
  const { name, net, maps, parameters, multiplyAdds } = member;
  const kind = blockKind(net);
  return (
    <tr className={netClass(net.family)} style={netStyle(depthLightness(net.depth))}>
      <th scope="row">
        <Glyph family={net.family} depth={net.depth} />
        <span>{name}</span>
      </th>
      <td>{net.depth}</td>
      <td>{kind === null ? '–' : `${stageBlocks(net).join(', ')} ${UI.nets.blocks[kind].toLowerCase()}`}</td>
      <td>{maps.join(', ')}</td>
      <td>{count(parameters)}</td>
      <td>{short(multiplyAdds)}</td>
      <td>{paper === undefined ? '–' : words.billions(paper)}</td>
    </tr>
  );
}
