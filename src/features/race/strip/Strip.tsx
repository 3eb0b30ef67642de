import { memo, type PointerEvent, useRef } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import type { Family } from '../../../charts/series/series.ts';
import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import type { StripSlow } from '../../slow-motion/use-strip-slow.ts';
import { Bar, Block, type ShortcutState } from './Block.tsx';
import type { StripGeometry } from './geometry.ts';
import { type BlockAt, blockAt, useRoving } from './roving.ts';
import { SLOW_ROOM, SlowBars } from './SlowBars.tsx';
import styles from './strip.module.css';

export interface StripBlock {
  /** First block of the net is 1. */
  readonly index: number;
  readonly state: ShortcutState;
  /** The gain in force, also while another is pending. */
  readonly gain: number;
  /** The gain that surgery of a later step gives it; null where none is planned. */
  readonly planned: number | null;
  /** Chosen for Look inside. */
  readonly chosen: boolean;
}

export interface StripProps {
  readonly name: string;
  readonly family: Family;
  readonly depth: number;
  readonly geometry: StripGeometry;
  readonly blocks: readonly StripBlock[];
  /** A round that goes through the net in slow motion. */
  readonly slow?: StripSlow | null | undefined;
  /** A block that is marked while its sheet is open. */
  readonly pointed?: number | null | undefined;
  readonly onToggle: (block: number) => void;
  /** A finger on a block, which is too narrow to be a switch for fingers. */
  readonly onTap: (block: number, anchor: DOMRect) => void;
  /** The block under the pointer; null when that has left the strip. */
  readonly onHover?: ((at: BlockAt | null) => void) | undefined;
  /** The block that has got the keyboard's focus; null where a press has given it the focus. */
  readonly onFocus?: ((at: BlockAt | null) => void) | undefined;
}

/** One lane's net: stem, blocks under their shortcuts, head. Every shortcut is a switch. */
export const Strip = memo(function Strip(props: StripProps) {
  const { name, family, depth, geometry, blocks, slow = null, pointed = null } = props;
  const { onToggle, onTap, onHover, onFocus } = props;
  const { axis, stem, heads, layers } = geometry;
  const end = heads.at(-1) ?? stem;
  const count = geometry.blocks.length;
  const chosen = blocks.find((block) => block.chosen)?.index ?? 1;
  const roving = useRoving(count, chosen, onToggle);
  // Of the press that a click ends. Where a screen reader clicks there is none, and the switch does what it says.
  const pressedBy = useRef<string | null>(null);
  const stateOf = (index: number) => blocks[index - 1]?.state ?? 'off';

  const hover = (event: PointerEvent) => {
    if (event.pointerType === 'touch') return;
    onHover?.(blockAt(event.target));
  };

  return (
    <div className={styles.strip} data-strip>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold SVG's children */}
      <svg
        width={geometry.width}
        height={geometry.height + 3 + (slow === null ? 0 : SLOW_ROOM)}
        className={netClass(family)}
        style={netStyle(depthLightness(depth))}
        role="group"
        aria-label={say('race.blocksOf', { name: printable(name) })}
        onPointerDown={(event) => {
          pressedBy.current = event.pointerType;
        }}
        onClick={(event) => {
          const at = blockAt(event.target);
          const touched = pressedBy.current === 'touch';
          pressedBy.current = null;
          if (at) touched ? onTap(at.block, at.element.getBoundingClientRect()) : onToggle(at.block);
        }}
        onKeyDown={roving.onKeyDown}
        onPointerOver={hover}
        onPointerLeave={() => onHover?.(null)}
        onFocus={(event) => {
          roving.onFocus(event);
          const at = blockAt(event.target);
          onFocus?.(at?.element.matches(':focus-visible') ? at : null);
        }}
      >
        {slow !== null && <SlowBars geometry={geometry} slow={slow} />}
        <line className={styles.wire} x1={stem.x} x2={end.x + end.width} y1={axis} y2={axis} />
        <Bar box={stem} stage={0} />
        {layers.map(({ box, stage }) => (
          <Bar key={box.x} box={box} stage={stage} />
        ))}
        {geometry.blocks.map((block) => (
          <Block
            key={block.index}
            geometry={block}
            state={stateOf(block.index)}
            gain={blocks[block.index - 1]?.gain ?? 0}
            planned={blocks[block.index - 1]?.planned ?? null}
            chosen={blocks[block.index - 1]?.chosen ?? false}
            pointed={block.index === pointed}
            lit={slow?.lit === block.index || slow?.lit === 'all'}
            tabStop={block.index === roving.stop}
            label={say('race.shortcut', { block: block.index })}
          />
        ))}
        {heads.map((box) => (
          <Bar key={box.x} box={box} stage={geometry.stages - 1} />
        ))}
        {/* Where F(x) and the shortcut meet: painted last, over the feet of both neighbours. */}
        <g pointerEvents="none">
          {geometry.blocks.map((block) => (
            <circle
              key={block.index}
              className={styles.add}
              data-state={stateOf(block.index)}
              cx={block.to}
              cy={axis}
              r={2.25}
            />
          ))}
        </g>
      </svg>
    </div>
  );
});
