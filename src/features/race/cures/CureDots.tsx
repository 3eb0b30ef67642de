import { netClass, netStyle } from '../../../charts/colours.ts';
import tooltipStyles from '../../../charts/tooltip.module.css';
import { printable } from '../../../core/quote.ts';
import { listed, say } from '../../../language/say.ts';
import { Name } from '../../../ui/controls/Name.tsx';
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
/** Where a row has a record, live marks are as far above its middle as recorded ones are below. */
const RECORDED_BELOW = 8;
/** Room for a number of the axis. */
const NUMBER = 34;
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
  /** The same net trained to the end: hollow marks below the others; undefined where no record is shown or has it. */
  readonly recorded?: CureRow | undefined;
  /** The rows of both walls. */
  readonly bands: readonly CureRow[];
  readonly scale: DotScale;
  /** Whether Tab reaches these marks; the arrows go from there to those of other rows. */
  readonly isStop: boolean;
  /** Whether pointer or focus are here. */
  readonly isPointed: boolean;
  readonly onPointed: (is: boolean) => void;
}

/**
 * The seeds of one net as marks on the common axis, the walls as bands behind them, over the whole height of the row. A
 * circle has a wire, a square none. Pointer and focus are told their numbers in the words that a screen reader has.
 */
export function CureDots({ row, recorded, bands, scale, isStop, isPointed, onPointed }: CureDotsProps) {
  const { x, width, ticks } = scale;
  const live = dotsText(row);
  const words = recorded === undefined ? live : say('cures.dotsRecorded', { live, recorded: dotsText(recorded) });
  return (
    <span
      className={styles.dots}
      role="img"
      aria-label={words}
      tabIndex={isStop ? 0 : -1}
      data-dots={row.name}
      onPointerEnter={() => onPointed(true)}
      onPointerLeave={() => onPointed(false)}
      onFocus={() => onPointed(true)}
      onBlur={() => onPointed(false)}
    >
      {isPointed && (
        <span className={`${tooltipStyles.tip} ${styles.tip}`} data-fleeting aria-hidden="true">
          {words}
        </span>
      )}
      <svg width={width} height="100%" aria-hidden="true">
        {bands.map(({ name, family, lightness, low, high, errors }) =>
          errors.length === 0 ? null : (
            <g key={name} className={netClass(family)} style={netStyle(lightness)}>
              <rect className={styles.band} x={x(low) - 2} width={x(high) - x(low) + 4} height="100%" />
            </g>
          ),
        )}
        {ticks.map((tick) => (
          <line key={tick} className={styles.grid} x1={x(tick)} x2={x(tick)} y2="100%" />
        ))}
        {/* Half of the row's height is known to CSS alone. */}
        <svg y="50%" overflow="visible" aria-hidden="true">
          <Seeds row={row} scale={scale} y={recorded === undefined ? 0 : -RECORDED_BELOW} />
          {recorded !== undefined && (
            <g className={styles.recorded}>
              <Seeds row={recorded} scale={scale} y={RECORDED_BELOW} />
            </g>
          )}
        </svg>
      </svg>
    </span>
  );
}

/** "plain-32: 61.2%, 58.3% and 49.9%; 3 seeds, mean 56.5%", with the seeds that diverged. */
export function dotsText({ name, errors, mean, seeds, divergedAt }: CureRow): string {
  const percents = (error: number) => say('cures.tick', { error: Math.round(error * 10) / 10 });
  const numbers = {
    name: printable(name),
    seeds: errors.length,
    list: listed(errors.toSorted((a, b) => a - b).map(percents)),
    mean: percents(mean ?? Number.NaN),
  };
  return divergedAt === null
    ? say('cures.dots', numbers)
    : say('cures.dotsDiverged', { ...numbers, diverged: seeds - errors.length, step: divergedAt });
}

interface SeedsProps {
  readonly row: CureRow;
  readonly scale: DotScale;
  /** From the middle of the row. */
  readonly y: number;
}

function Seeds({ row, scale: { x, width }, y }: SeedsProps) {
  return (
    <g transform={`translate(0 ${y})`}>
      {row.errors.length > 1 && <line className={styles.range} x1={x(row.low)} x2={x(row.high)} />}
      {row.errors.map((error, nth) =>
        row.hasWire ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: seeds have only their places
          <circle key={nth} className={styles.mark} cx={x(error)} r={4.5} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <rect key={nth} className={styles.mark} x={x(error) - 4} y={-4} width={8} height={8} />
        ),
      )}
      {row.divergedAt !== null && (
        <path className={styles.cross} d={`M${width - CROSS / 2 - 5} -5l10 10m0 -10l-10 10`} />
      )}
    </g>
  );
}

/** Width of a letter of a wall's name, in CSS pixels. */
const LETTER = 6.5;

/** The numbers of the axis, and over them the names of the walls where there is room for both. */
export function CureAxis({ scale, bands }: Pick<CureDotsProps, 'scale' | 'bands'>) {
  const { x, ticks, width } = scale;
  const shown = bands.filter(({ errors }) => errors.length > 0);
  const middle = ({ low, high }: CureRow) => (x(low) + x(high)) / 2;
  const [left, right] = shown.toSorted((a, b) => middle(a) - middle(b));
  const isRoomy =
    left !== undefined &&
    right !== undefined &&
    middle(right) - middle(left) > ((left.name.length + right.name.length) / 2 + 1) * LETTER;
  const isWide = width > ticks.length * NUMBER;
  return (
    <>
      {isRoomy &&
        shown.map((row) => (
          <b key={row.name} className={netClass(row.family)} style={{ ...netStyle(row.lightness), left: middle(row) }}>
            <Name>{row.name}</Name>
          </b>
        ))}
      {ticks
        .filter((tick) => isWide || tick % 20 === 0)
        .map((tick) => (
          <span key={tick} style={{ left: x(tick) }}>
            {say('cures.tick', { error: tick })}
          </span>
        ))}
    </>
  );
}
