import type { StripSlow } from '../../slow-motion/use-strip-slow.ts';
import type { Box, StripGeometry } from './geometry.ts';
import styles from './strip.module.css';

/** Room below the strip for the bars and a number above them, in CSS pixels. */
export const SLOW_ROOM = 46;
const TALLEST = 28;
const LEAST = 2;
const WIDEST = 12;

/** The numbers of a round under their places, and a light where it is. The notes of slow motion say them in words. */
export function SlowBars({ geometry, slow }: { readonly geometry: StripGeometry; readonly slow: StripSlow }) {
  const { stem, heads, blocks, height } = geometry;
  const head = heads.at(-1) ?? stem;
  const floor = height + SLOW_ROOM - 2;
  const inner = blocks.length > 0 ? blocks.map(({ column }) => column) : layerColumns(geometry, slow.bars.length - 2);
  const columns = [stem, ...inner, head];
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of SVG takes no focus
    <g className={styles.slow} pointerEvents="none" aria-hidden="true">
      {columns.map((column, place) => (
        <SlowBar
          // biome-ignore lint/suspicious/noArrayIndexKey: a place is its number
          key={place}
          column={column}
          floor={floor}
          lit={slow.lit === 'all' || slow.lit === place}
          bar={slow.bars[place] ?? null}
        />
      ))}
      <line className={styles.floor} x1={stem.x} x2={head.x + head.width} y1={floor} y2={floor} />
    </g>
  );
}

/** The columns of blocks that are drawn as their layers, equally many each; none where a net has no blocks. */
function layerColumns({ layers }: StripGeometry, blocks: number): readonly Box[] {
  const each = layers.length / blocks;
  return Array.from({ length: Math.max(0, blocks) }, (_, nth) => {
    const [first, last] = [layers[nth * each], layers[(nth + 1) * each - 1]];
    if (first === undefined || last === undefined) return [];
    return [{ ...first.box, width: last.box.x + last.box.width - first.box.x }];
  }).flat();
}

interface SlowBarProps {
  readonly column: Box;
  readonly floor: number;
  readonly lit: boolean;
  readonly bar: StripSlow['bars'][number];
}

function SlowBar({ column, floor, lit, bar }: SlowBarProps) {
  const middle = column.x + column.width / 2;
  const width = Math.min(WIDEST, Math.max(4, 0.5 * column.width));
  const tall = bar === null ? 0 : Math.max(LEAST, bar.share * TALLEST);
  return (
    <g data-here={lit || undefined}>
      {lit && (
        <rect className={styles.light} x={column.x - 1} y={2} width={column.width + 2} height={floor - 2} rx={4} />
      )}
      {bar !== null && (
        <rect className={styles.value} x={middle - width / 2} y={floor - tall} width={width} height={tall} />
      )}
      {bar?.text != null && (
        <text x={middle} y={floor - tall - 5} textAnchor="middle">
          {bar.text}
        </text>
      )}
    </g>
  );
}
