import { type KeyboardEvent, memo, useId, useMemo, useState } from 'react';
import { depthLightness, netClass, netStyle } from '../colours.ts';
import type { Family } from '../series/series.ts';
import zooStyles from './zoo.module.css';

/** A layer to be drawn: those of one level stand side by side. */
export interface ColumnLayer {
  readonly key: string;
  /** From 1. */
  readonly level: number;
  /** How deep its ink is, from 0. */
  readonly stage: number;
  readonly label: string;
  /** What a screen reader says, and what is told below. */
  readonly ariaText: string;
}

/** A shortcut around the layers behind level `from`, up to level `to`. */
export interface ColumnSkip {
  readonly from: number;
  readonly to: number;
  readonly grows: boolean;
}

interface PlacedLayer extends ColumnLayer {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface ColumnGeometry {
  readonly width: number;
  readonly height: number;
  readonly layers: readonly PlacedLayer[];
  readonly arcs: readonly { readonly path: string; readonly grows: boolean }[];
}

/** The room at the right of the layers, for shortcuts. */
const ARC_ROOM = 30;

/** The least height of a layer that a word fits in. */
const READABLE = 13;

const seamOf = (pitch: number) => (pitch >= 8 ? 2 : pitch >= 4 ? 1 : 0.5);

/** Where everything of a net stands: one level is `pitch` high, whatever it holds, so that height is depth. */
export function columnGeometry(
  layers: readonly ColumnLayer[],
  skips: readonly ColumnSkip[],
  pitch: number,
  width: number,
): ColumnGeometry {
  const inner = width - ARC_ROOM;
  const seam = seamOf(pitch);
  const atLevel = new Map<number, readonly ColumnLayer[]>();
  for (const layer of layers) atLevel.set(layer.level, [...(atLevel.get(layer.level) ?? []), layer]);
  const placed = layers.map((layer): PlacedLayer => {
    const row = atLevel.get(layer.level) ?? [layer];
    const own = inner / row.length;
    const x = row.indexOf(layer) * own;
    const gap = row.length === 1 ? 0 : 1;
    return { ...layer, x, y: (layer.level - 1) * pitch, width: own - gap, height: pitch - seam };
  });
  const arcs = skips.map(({ from, to, grows }) => {
    const [top, bottom] = [from * pitch - seam / 2, to * pitch - seam / 2];
    const reach = Math.min(ARC_ROOM - 3, 7 + (bottom - top) * 0.4) * (4 / 3);
    return { grows, path: `M${inner} ${top}C${inner + reach} ${top} ${inner + reach} ${bottom} ${inner} ${bottom}` };
  });
  const depth = Math.max(0, ...layers.map(({ level }) => level));
  return { width, height: depth * pitch, layers: placed, arcs };
}

/** How many inks there are for stages. */
const INKS = 6;

/** Layers that Page Up and Page Down pass. */
const PAGE = 10;

interface NetColumnProps {
  readonly family: Family;
  readonly depth: number;
  readonly layers: readonly ColumnLayer[];
  readonly skips: readonly ColumnSkip[];
  /** Pixels of a layer. */
  readonly pitch: number;
  readonly width: number;
  readonly label: string;
  /** The layer under the pointer or the keyboard's focus; null when neither is there any more. */
  readonly onPoint: (key: string | null) => void;
}

/** A net from top to bottom, a list of layers for the keyboard: one tab stop, and arrows move. */
export const NetColumn = memo(function NetColumn(props: NetColumnProps) {
  const { family, depth, layers, skips, pitch, width, label, onPoint } = props;
  const id = useId();
  const [at, setAt] = useState<number | null>(null);
  const geometry = useMemo(() => columnGeometry(layers, skips, pitch, width), [layers, skips, pitch, width]);
  const go = (index: number) => {
    const next = Math.max(0, Math.min(layers.length - 1, index));
    setAt(next);
    onPoint(layers[next]?.key ?? null);
    document.getElementById(`${id}${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const keys: Readonly<Record<string, (now: number) => number>> = {
    ArrowDown: (now) => now + 1,
    ArrowUp: (now) => now - 1,
    PageDown: (now) => now + PAGE,
    PageUp: (now) => now - PAGE,
    Home: () => 0,
    End: () => layers.length - 1,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = keys[event.key];
    if (next === undefined) return;
    event.preventDefault();
    go(next(at ?? 0));
  };
  return (
    <div
      className={`${zooStyles.netColumn} ${netClass(family)}`}
      style={netStyle(depthLightness(depth))}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={at === null ? undefined : `${id}${at}`}
      onKeyDown={onKeyDown}
      onFocus={() => go(at ?? 0)}
      onBlur={() => {
        setAt(null);
        onPoint(null);
      }}
      onPointerLeave={() => onPoint(at === null ? null : (layers[at]?.key ?? null))}
    >
      <svg role="presentation" width={geometry.width} height={geometry.height + 2}>
        {geometry.layers.map((layer, index) => (
          <g
            key={layer.key}
            id={`${id}${index}`}
            role="option"
            aria-label={layer.ariaText}
            aria-selected={index === at}
            className={[
              zooStyles.layer,
              zooStyles[`i${Math.min(layer.stage, INKS - 1)}`] ?? '',
              index === at ? zooStyles.at : '',
            ].join(' ')}
            // A layer that scrolls under a pointer at rest is entered too, as when a key scrolls the list; it is not pointed at.
            onPointerMove={() => onPoint(layer.key)}
            onPointerDown={() => {
              setAt(index);
              onPoint(layer.key);
            }}
          >
            <rect x={layer.x} y={layer.y + 1} width={layer.width} height={layer.height} rx={pitch >= 8 ? 2 : 0} />
            {pitch >= READABLE && layer.width > 60 && (
              <text x={layer.x + layer.width / 2} y={layer.y + 1 + layer.height / 2} dy="0.35em" textAnchor="middle">
                {layer.label}
              </text>
            )}
          </g>
        ))}
        <g pointerEvents="none" transform="translate(0 1)">
          {geometry.arcs.map(({ path, grows }) => (
            <path key={path} className={grows ? `${zooStyles.skip} ${zooStyles.grows}` : zooStyles.skip} d={path} />
          ))}
        </g>
      </svg>
    </div>
  );
});
