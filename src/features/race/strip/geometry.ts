import { tenth } from '../../../charts/tenth.ts';
import { blockWidth, HEAD_GAP, MARGIN, type Ruler, SEAM, STAGE_GAP } from './ruler.ts';
import type { StripShape } from './shape.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface BlockGeometry {
  /** First block of the net is 1. */
  readonly index: number;
  /** First stage is 0. */
  readonly stage: number;
  readonly bars: readonly Box[];
  /** RepVGG's branches, one box over each bar; none where there are none. */
  readonly branches: readonly Box[];
  /** The shortcut: from the middle of the gap before the block to the middle of the gap after it. */
  readonly arc: string;
  readonly from: number;
  readonly to: number;
  /** The highest point of the arc. */
  readonly top: number;
  /** The baseline of a partial gain's number, which stands on the layers. */
  readonly number: number;
  /** What the pointer hits: the column of the block, feet included. */
  readonly column: Box;
  /** The triangle under a chosen block. */
  readonly tick: string;
}

export interface StripGeometry {
  readonly width: number;
  readonly height: number;
  readonly axis: number;
  readonly stem: Box;
  readonly heads: readonly Box[];
  /** Layers that belong to no block. */
  readonly layers: readonly { readonly box: Box; readonly stage: number }[];
  readonly blocks: readonly BlockGeometry[];
  /** Number of stages. */
  readonly stages: number;
}

/** Height of the triangle under a chosen block. */
const TICK = 5;

/** Height of a box of RepVGG's branches, and the room under it. */
const BRANCHES = { height: 2.5, room: 1.5 };

function box(x: number, axis: number, width: number, height: number): Box {
  return { x: tenth(x), y: tenth(axis - height / 2), width: tenth(width), height: tenth(height) };
}

function overBar(bar: Box): Box {
  return { ...bar, y: tenth(bar.y - BRANCHES.room - BRANCHES.height), height: BRANCHES.height };
}

/** A cubic with vertical feet; its control points stand a third higher than it rises. */
function arcPath(from: number, to: number, axis: number, height: number): string {
  const control = tenth(axis - (height * 4) / 3);
  return `M${tenth(from)} ${axis}C${tenth(from)} ${control} ${tenth(to)} ${control} ${tenth(to)} ${axis}`;
}

/** Where everything of a lane's strip stands. */
export function stripGeometry(shape: StripShape, ruler: Ruler): StripGeometry {
  const { axis, bar, gap, pitch, barHeights } = ruler;
  const heightOf = (stage: number) => barHeights[Math.min(stage, barHeights.length - 1)] ?? 0;
  const wide = blockWidth(bar, shape.layersPerBlock);
  const blocks: BlockGeometry[] = [];
  const layers: StripGeometry['layers'][number][] = [];

  const stem = box(MARGIN, axis, bar, heightOf(0) + 4);
  let to = MARGIN + bar + gap / 2;
  shape.stages.forEach((count, stage) => {
    if (stage > 0) to += pitch * STAGE_GAP;
    for (let i = 0; i < count; i++) {
      const height = heightOf(stage);
      const from = to;
      if (!shape.hasPlaces) {
        layers.push({ box: box(from + gap / 2, axis, bar, height), stage });
        to = from + pitch / 2;
        continue;
      }
      const x = from + gap / 2;
      to = x + wide + gap / 2;
      // Never lower than the bars, and flatter as blocks get denser.
      const rise = Math.max(5, Math.min(0.32 * (to - from), 11)) * ruler.rise;
      const middle = tenth(x + wide / 2);
      const bars = Array.from({ length: shape.layersPerBlock }, (_, j) => box(x + j * (bar + SEAM), axis, bar, height));
      blocks.push({
        index: blocks.length + 1,
        stage,
        bars,
        branches: shape.hasBranches ? bars.map(overBar) : [],
        arc: arcPath(from, to, axis, height / 2 + rise),
        from: tenth(from),
        to: tenth(to),
        top: tenth(axis - height / 2 - rise),
        number: tenth(axis + 4),
        column: { x: tenth(from), y: 1, width: tenth(to - from), height: ruler.height },
        tick: `M${tenth(middle - 4)} ${tenth(axis + height / 2 + TICK)}h8l-4 -${TICK}z`,
      });
    }
  });
  const end = to + gap / 2 + HEAD_GAP;
  const headHeight = heightOf(shape.stages.length - 1) - 4;
  const heads = Array.from({ length: shape.heads }, (_, nth) => box(end + nth * (bar + SEAM), axis, bar, headHeight));
  // Where the strip fills the room, a rounding error would make it a pixel wider, and scroll.
  const width = Math.ceil(-1e-6 + end + blockWidth(bar, shape.heads) + MARGIN);
  return { width, height: ruler.height, axis, stem, heads, layers, blocks, stages: shape.stages.length };
}
