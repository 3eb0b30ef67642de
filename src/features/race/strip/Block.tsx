import { type CSSProperties, memo } from 'react';
import type { BlockGeometry, Box } from './geometry.ts';

/** A shortcut as the strip shows it. Pending: asked for, and not yet reported by the race. */
export type ShortcutState = 'on' | 'off' | 'partial' | 'pending';

interface BlockProps {
  readonly geometry: BlockGeometry;
  readonly state: ShortcutState;
  readonly gain: number;
  readonly chosen: boolean;
  /** Whether its sheet is open. */
  readonly pointed: boolean;
  /** Whether slow motion is here. */
  readonly lit: boolean;
  readonly tabStop: boolean;
  readonly label: string;
}

/** How many tints there are for stages; later ones have the last. */
const TINTS = 3;

/** A layer, or two or three of them. */
export function Bar({ box, stage }: { readonly box: Box; readonly stage: number }) {
  return <rect className={`bar s${Math.min(stage + 1, TINTS)}`} {...box} rx={1.5} />;
}

function gainStyle(gain: number): CSSProperties & { readonly '--g': number } {
  return { '--g': gain };
}

function Arc({ geometry, state, gain }: Pick<BlockProps, 'geometry' | 'state' | 'gain'>) {
  // A path of length 100 lets the style sheet say dashes as shares of the arc.
  if (state !== 'partial') return <path className="arc" pathLength={100} d={geometry.arc} />;
  return (
    <>
      <path className="arc track" d={geometry.arc} />
      <path className="arc val" d={geometry.arc} style={gainStyle(gain)} />
      <text x={(geometry.from + geometry.to) / 2} y={geometry.number}>
        {Math.round(gain * 100) / 100}
      </text>
    </>
  );
}

/** One block: its layers, its shortcut, and the column that is the switch. */
export const Block = memo(function Block(props: BlockProps) {
  const { geometry, state, gain, chosen, pointed, lit, tabStop, label } = props;
  return (
    <g
      className={`blk ${state}${chosen ? ' chosen' : ''}${pointed ? ' pointed' : ''}${lit ? ' lit' : ''}`}
      data-block={geometry.index}
      role="switch"
      tabIndex={tabStop ? 0 : -1}
      aria-checked={gain !== 0}
      aria-busy={state === 'pending'}
      aria-label={label}
    >
      <rect className="sel" {...geometry.column} rx={4} />
      {geometry.bars.map((bar) => (
        <Bar key={bar.x} box={bar} stage={geometry.stage} />
      ))}
      <Arc geometry={geometry} state={state} gain={gain} />
      <path className="tick" d={geometry.tick} />
      <rect className="hit" {...geometry.column} />
    </g>
  );
});
