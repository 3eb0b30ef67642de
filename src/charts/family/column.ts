/** A layer to be drawn: those of one level stand side by side. */
export interface ColumnLayer {
  readonly key: string;
  /** From 1. */
  readonly level: number;
  /** How deep its ink is, from 0. */
  readonly stage: number;
  readonly label: string;
  /** What a screen reader says, and what is told below. */
  readonly spoken: string;
}

/** A shortcut around the layers behind level `from`, up to level `to`. */
export interface ColumnSkip {
  readonly from: number;
  readonly to: number;
  readonly grows: boolean;
}

export interface PlacedLayer extends ColumnLayer {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ColumnGeometry {
  readonly width: number;
  readonly height: number;
  readonly layers: readonly PlacedLayer[];
  readonly arcs: readonly { readonly path: string; readonly grows: boolean }[];
}

/** The room at the right of the layers, for shortcuts. */
const ARC_ROOM = 30;

/** The least height of a layer that a word fits in. */
export const READABLE = 13;

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
