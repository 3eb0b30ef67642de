import { useMemo, useState } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { useWidth } from '../../../charts/plot-area.ts';
import { type ColumnLayer, type ColumnSkip, NetColumn } from '../../../charts/zoo/NetColumn.tsx';
import { NetChips } from '../../../ui/controls/NetChips.tsx';
import { RangeSlider } from '../../../ui/controls/RangeSlider.tsx';
import { FAMILY } from '../strings.ts';
import { AS_IN_THE_PAPER, type FamilyMember, familyMembers } from './nets.ts';

const words = FAMILY.nets;

/** Those of the paper's figure 3. */
const FIRST = ['VGG-19', 'plain-34', 'ResNet-34'];

/** Pixels of a layer: at the least one can still be pointed at, at the most its words are easily read. */
const PITCH = { least: 3, most: 24, first: 15 } as const;
const COLUMN = { least: 118, most: 236, gap: 20 } as const;

/** The nets beside each other, to scale by depth, with their shortcuts. */
export function NetsFigure() {
  const members = useMemo(() => familyMembers(AS_IN_THE_PAPER), []);
  const [names, setNames] = useState<readonly string[]>(FIRST);
  const [pitch, setPitch] = useState<number>(PITCH.first);
  const [told, setTold] = useState<string | null>(null);
  const [attach, width] = useWidth<HTMLDivElement>();
  const shown = members.filter(({ name }) => names.includes(name));
  const column = Math.max(
    COLUMN.least,
    Math.min(COLUMN.most, ((width ?? 0) + COLUMN.gap) / Math.max(1, shown.length) - COLUMN.gap),
  );
  return (
    <section className="family-figure wide" aria-label={words.title}>
      <div className="fig-head">
        <h3>{words.title}</h3>
        <span className="fig-key">
          <span>
            <svg viewBox="0 0 22 8" aria-hidden="true">
              <path d="M1 7C5 -1 17 -1 21 7" />
            </svg>
            <span>{words.identity}</span>
          </span>
          <span>
            <svg viewBox="0 0 22 8" aria-hidden="true">
              <path d="M1 7C5 -1 17 -1 21 7" strokeDasharray="2 2" />
            </svg>
            <span>{words.grows}</span>
          </span>
        </span>
        <div className="fig-tools family-zoom">
          <span>{words.zoom}</span>
          <RangeSlider
            label={words.zoom}
            value={pitch}
            min={PITCH.least}
            max={PITCH.most}
            step={1}
            valueText={words.zoomText(pitch)}
            onChange={setPitch}
          />
        </div>
      </div>
      <NetChips label={words.choice} nets={members} chosen={names} onChoose={setNames} />
      <p className="family-told">{told ?? words.idle}</p>
      <div className="family-nets" ref={attach}>
        {width !== null &&
          shown.map((member) => (
            <Column key={member.name} member={member} pitch={pitch} width={Math.floor(column)} onTell={setTold} />
          ))}
      </div>
      <p className="source">{words.source}</p>
    </section>
  );
}

interface ColumnProps {
  readonly member: FamilyMember;
  readonly pitch: number;
  readonly width: number;
  readonly onTell: (text: string | null) => void;
}

function Column({ member: { name, net, plan }, pitch, width, onTell }: ColumnProps) {
  const layers = useMemo(
    () =>
      plan.layers.map((layer): ColumnLayer => {
        const label = words.label(layer.kernel, layer.output[2], layer.stride);
        const where = words.spoken(name, layer.level, label, layer.input, layer.output);
        const ariaText = `${where}; ${words.costs(layer.parameters, layer.multiplyAdds)}`;
        return { key: layer.name, level: layer.level, stage: layer.stage, label, ariaText };
      }),
    [plan, name],
  );
  const skips = useMemo(
    () =>
      net.family === 'plain'
        ? []
        : plan.skips.map(({ from, to, kind }): ColumnSkip => ({ from, to, grows: kind !== 'identity' })),
    [plan, net.family],
  );
  const tell = useMemo(() => {
    const ariaText = new Map(layers.map((layer) => [layer.key, layer.ariaText]));
    return (key: string | null) => onTell(key === null ? null : (ariaText.get(key) ?? null));
  }, [layers, onTell]);
  return (
    <div className="family-net">
      <p className={`net-title ${netClass(net.family)}`} style={netStyle(depthLightness(net.depth))}>
        <b>{name}</b>
        <span>{` ${words.depth(net.depth)}`}</span>
      </p>
      <NetColumn
        family={net.family}
        depth={net.depth}
        layers={layers}
        skips={skips}
        pitch={pitch}
        width={width}
        label={words.layersOf(name)}
        onPoint={tell}
      />
    </div>
  );
}
