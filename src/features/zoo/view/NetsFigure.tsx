import { useMemo, useState } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { useWidth } from '../../../charts/plot-area.ts';
import { type ColumnLayer, type ColumnSkip, NetColumn } from '../../../charts/zoo/NetColumn.tsx';
import { short } from '../../../core/format.ts';
import { say } from '../../../language/say.ts';
import { NetChips } from '../../../ui/controls/NetChips.tsx';
import { RangeSlider } from '../../../ui/controls/RangeSlider.tsx';
import { COSTS_ID } from '../../../ui/section-ids.ts';
import { AS_IN_THE_PAPER, type FamilyMember, familyMembers, shapeText } from './nets.ts';
import styles from './zoo.module.css';

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
  const [layerShown, setLayerShown] = useState<string | null>(null);
  const [attach, width] = useWidth<HTMLDivElement>();
  const shown = members.filter(({ name }) => names.includes(name));
  const column = Math.max(
    COLUMN.least,
    Math.min(COLUMN.most, ((width ?? 0) + COLUMN.gap) / Math.max(1, shown.length) - COLUMN.gap),
  );
  return (
    <section className={`${styles.figure} ${styles.wide}`} aria-label={say('zoo.layersTitle')}>
      <div className="fig-head">
        <h3>{say('zoo.layersTitle')}</h3>
        <span className="fig-key">
          <span>
            <svg viewBox="0 0 22 8" aria-hidden="true">
              <path d="M1 7C5 -1 17 -1 21 7" />
            </svg>
            <span>{say('zoo.identity')}</span>
          </span>
          <span>
            <svg viewBox="0 0 22 8" aria-hidden="true">
              <path d="M1 7C5 -1 17 -1 21 7" strokeDasharray="2 2" />
            </svg>
            <span>{say('zoo.grows')}</span>
          </span>
        </span>
        <div className={`fig-tools ${styles.zoom}`}>
          <span>{say('zoo.zoom')}</span>
          <RangeSlider
            label={say('zoo.zoom')}
            value={pitch}
            min={PITCH.least}
            max={PITCH.most}
            step={1}
            valueText={say('zoo.zoomText', { pixels: pitch })}
            onChange={setPitch}
          />
        </div>
      </div>
      <NetChips label={say('zoo.layersChoice')} nets={members} chosen={names} onChoose={setNames} />
      <button type="button" className={`btn mini ${styles.skipLayers}`} onClick={focusCosts}>
        {say('zoo.skipLayers')}
      </button>
      <p className={styles.layer}>{layerShown ?? say('zoo.layersIdle')}</p>
      <div className={styles.nets} ref={attach}>
        {width !== null &&
          shown.map((member) => (
            <Column
              key={member.name}
              member={member}
              pitch={pitch}
              width={Math.floor(column)}
              onLayer={setLayerShown}
            />
          ))}
      </div>
      <p className="source">{say('zoo.layersSource')}</p>
    </section>
  );
}

/** A reader would have a line for each layer of each net before the next heading. */
function focusCosts(): void {
  document.getElementById(COSTS_ID)?.focus();
}

interface ColumnProps {
  readonly member: FamilyMember;
  readonly pitch: number;
  readonly width: number;
  readonly onLayer: (text: string | null) => void;
}

function Column({ member: { name, net, plan }, pitch, width, onLayer }: ColumnProps) {
  const layers = useMemo(
    () =>
      plan.layers.map((layer): ColumnLayer => {
        const { level, stage, input, output, parameters } = layer;
        const label = layerLabel(layer.kernel, output[2], layer.stride);
        const [from, to, adds] = [shapeText(input), shapeText(output), short(layer.multiplyAdds)];
        const ariaText = say('zoo.layerSpoken', { net: name, level, layer: label, from, to, parameters, adds });
        return { key: layer.name, level, stage, label, ariaText };
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
  const showLayer = useMemo(() => {
    const ariaText = new Map(layers.map((layer) => [layer.key, layer.ariaText]));
    return (key: string | null) => onLayer(key === null ? null : (ariaText.get(key) ?? null));
  }, [layers, onLayer]);
  return (
    <div className={styles.net}>
      <p className={`${styles.netTitle} ${netClass(net.family)}`} style={netStyle(depthLightness(net.depth))}>
        <b>{name}</b>
        <span>{` ${say('zoo.depth', { layers: net.depth })}`}</span>
      </p>
      <NetColumn
        family={net.family}
        depth={net.depth}
        layers={layers}
        skips={skips}
        pitch={pitch}
        width={width}
        label={say('zoo.layersOf', { net: name })}
        onPoint={showLayer}
      />
    </div>
  );
}

/** "3×3 conv, 64, /2", as the paper's figure 3 writes a layer. */
function layerLabel(kernel: number, channels: number, stride: number): string {
  if (kernel === 0) return say('zoo.denseLayer', { channels });
  return stride === 1
    ? say('zoo.convLayer', { kernel, channels })
    : say('zoo.convLayerStrided', { kernel, channels, stride });
}
