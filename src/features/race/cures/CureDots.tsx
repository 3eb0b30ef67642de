import { netClass, netStyle } from '../../../charts/colours.ts';
import styles from './cures.module.css';
import type { CureRow } from './cures.ts';

/** Where errors are on the axis of the rows, in CSS pixels. */
export interface DotScale {
  readonly width: number;
  readonly ticks: readonly number[];
  readonly x: (error: number) => number;
}

/** Room for the cross of a net that diverged. */
const CROSS = 26;
const EDGE = 8;
const HEIGHT = 44;
/** The axis has at least these errors, so that it does not move while the first dots do. */
const USUAL = { from: 20, to: 80 } as const;

/** One axis for all rows, in steps of 10 points. */
export function dotScale(rows: readonly CureRow[], width: number): DotScale {
  const errors = rows.flatMap((row) => row.errors);
  const from = Math.floor(Math.min(USUAL.from, ...errors) / 10) * 10;
  const to = Math.ceil(Math.max(USUAL.to, ...errors) / 10) * 10;
  const room = Math.max(1, width - EDGE - CROSS);
  const ticks = Array.from({ length: (to - from) / 10 + 1 }, (_, nth) => from + 10 * nth);
  return { width, ticks, x: (error) => Math.round((EDGE + (room * (error - from)) / (to - from)) * 10) / 10 };
}

interface CureDotsProps {
  readonly row: CureRow;
  /** The rows of both walls. */
  readonly bands: readonly CureRow[];
  readonly scale: DotScale;
}

/** The seeds of one net as marks on the common axis, the walls as bands behind them. A circle has a wire, a square none. */
export function CureDots({ row, bands, scale }: CureDotsProps) {
  const { x, width, ticks } = scale;
  const middle = HEIGHT / 2;
  const cross = width - CROSS / 2;
  return (
    <svg
      className={styles.dots}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {bands.map(({ name, family, lightness, low, high, errors }) =>
        errors.length === 0 ? null : (
          <g key={name} className={netClass(family)} style={netStyle(lightness)}>
            <rect className={styles.band} x={x(low) - 2} width={x(high) - x(low) + 4} y={-1} height={HEIGHT + 2} />
          </g>
        ),
      )}
      {ticks.map((tick) => (
        <line key={tick} className={styles.grid} x1={x(tick)} x2={x(tick)} y1={0} y2={HEIGHT} />
      ))}
      {row.errors.length > 1 && (
        <line className={styles.range} x1={x(row.low)} x2={x(row.high)} y1={middle} y2={middle} />
      )}
      {row.errors.map((error, nth) =>
        row.hasWire ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: seeds have only their places
          <circle key={nth} className={styles.mark} cx={x(error)} cy={middle} r={4.5} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <rect key={nth} className={styles.mark} x={x(error) - 4} y={middle - 4} width={8} height={8} />
        ),
      )}
      {row.divergedAt !== null && (
        <path className={styles.cross} d={`M${cross - 5} ${middle - 5}l10 10m0 -10l-10 10`} />
      )}
    </svg>
  );
}
