import { type CSSProperties, memo } from 'react';
import type { BlockGeometry, Box } from './geometry.ts';
import styles from './strip.module.css';

/** A shortcut as the strip shows it. Pending: asked for, and not yet reported by the race. */
export type ShortcutState = 'on' | 'off' | 'partial' | 'pending';

interface BlockProps {
  readonly geometry: BlockGeometry;
  readonly state: ShortcutState;
  readonly gain: number;
  /** The gain that surgery of a later step gives it; null where none is planned. */
  readonly planned: number | null;
  readonly chosen: boolean;
  /** Whether its sheet is open. */
  readonly pointed: boolean;
  /** Whether slow motion is here. */
  readonly lit: boolean;
  readonly tabStop: boolean;
  readonly label: string;
}

/** The number of tints for stages; later stages have the last one. */
const TINTS = 3;

/** A layer, or two or three of them. */
export function Bar({ box, stage }: { readonly box: Box; readonly stage: number }) {
  return <rect className={styles.bar} data-stage={Math.min(stage + 1, TINTS)} {...box} rx={1.5} />;
}

function gainStyle(gain: number): CSSProperties & { readonly '--g': number } {
  return { '--g': gain };
}

function Arc({ geometry, state, gain, planned }: Pick<BlockProps, 'geometry' | 'state' | 'gain' | 'planned'>) {
  const { arc, from, to, number } = geometry;
  return (
    <>
      {state === 'partial' ? (
        <>
          <path className={styles.track} d={arc} />
          <path className={styles.share} d={arc} style={gainStyle(gain)} />
          <text x={(from + to) / 2} y={number}>
            {Math.round(gain * 100) / 100}
          </text>
        </>
      ) : (
        // A path of length 100 lets the style sheet say dashes as shares of the arc.
        <path className={styles.arc} pathLength={100} d={arc} />
      )}
      {planned !== null && <path className={styles.planned} data-mends={planned !== 0} pathLength={100} d={arc} />}
    </>
  );
}

/** One block: its layers, its shortcut, and the column that is the switch. */
export const Block = memo(function Block(props: BlockProps) {
  const { geometry, state, gain, planned, chosen, pointed, lit, tabStop, label } = props;
  return (
    <g
      className={styles.block}
      data-block={geometry.index}
      data-state={state}
      data-chosen={chosen || undefined}
      data-pointed={pointed || undefined}
      data-lit={lit || undefined}
      role="switch"
      tabIndex={tabStop ? 0 : -1}
      aria-checked={gain !== 0}
      aria-busy={state === 'pending'}
      aria-label={label}
    >
      <rect className={styles.column} {...geometry.column} rx={4} />
      {geometry.bars.map((bar) => (
        <Bar key={bar.x} box={bar} stage={geometry.stage} />
      ))}
      {geometry.branches.map((branch) => (
        <rect key={branch.x} className={styles.branch} {...branch} rx={1} />
      ))}
      <Arc geometry={geometry} state={state} gain={gain} planned={planned} />
      <path className={styles.tick} d={geometry.tick} />
      <rect className={styles.hit} {...geometry.column} />
    </g>
  );
});
