import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { stageOf } from '../../../core/net/net.ts';
import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { BlockControls, type BlockDetails } from './BlockControls.tsx';
import styles from './block-card.module.css';

/** Free between the card and the window's edges. */
const EDGE = 8;
/** With its block, so that the pointer finds no gap on its way. */
const OVERLAP = 2;

export interface BlockCardProps extends BlockDetails {
  /** The block on the screen. */
  readonly anchor: DOMRect;
  /** The pointer or the focus is on the card: it must stay. */
  readonly onHold: (hold: boolean) => void;
  readonly onClose: () => void;
}

/** The card of the block under the mouse or the keyboard's focus. Fingers get a BlockSheet. */
export function BlockCard({ anchor, onHold, onClose, ...details }: BlockCardProps) {
  const { lane, block } = details;
  const { net, name } = lane;
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: 0, top: 0, maxHeight: 0 });
  useLayoutEffect(() => {
    const { offsetWidth: width, scrollHeight: height } = card.current ?? { offsetWidth: 0, scrollHeight: 0 };
    const middle = anchor.left + anchor.width / 2 - width / 2;
    const left = Math.min(Math.max(EDGE, middle), document.documentElement.clientWidth - width - EDGE);
    // Never over its block: where neither side has room for it, it scrolls on the side that has more.
    const below = innerHeight - EDGE - (anchor.bottom - OVERLAP);
    const above = anchor.top + OVERLAP - EDGE;
    if (height <= below || below >= above) setPlace({ left, top: anchor.bottom - OVERLAP, maxHeight: below });
    else setPlace({ left, top: anchor.top + OVERLAP - Math.min(height, above), maxHeight: above });
  }, [anchor]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the card only notices that it is in use
    <div
      ref={card}
      className={`${styles.card} ${styles.details} ${netClass(net.family)}`}
      data-card
      style={{ ...netStyle(depthLightness(net.depth)), ...place }}
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
      onFocus={() => onHold(true)}
      onBlur={() => onHold(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // It ends a presentation, too, where nothing smaller takes it.
        event.stopPropagation();
        onClose();
      }}
    >
      <h4>
        <span>{say('race.block', { block })}</span>
        <span>{say('race.where', { net: printable(name), stage: stageOf(net, block) })}</span>
      </h4>
      <BlockControls key={`${details.lane.name} ${details.block}`} {...details} by="pointer" onLeave={(go) => go()} />
    </div>
  );
}

export interface CardTarget {
  readonly lane: string;
  readonly block: number;
  readonly anchor: DOMRect;
}

/** How long the pointer may be on its way from a block to its card. */
const GRACE = 160;

/** Which block's card is open: that under the pointer or the keyboard's focus, until neither is on it or its card. */
export function useBlockCard() {
  const [target, setTarget] = useState<CardTarget | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const keep = useCallback(() => clearTimeout(timer.current), []);
  const close = useCallback(() => {
    keep();
    setTarget(null);
  }, [keep]);
  const leave = useCallback(() => {
    keep();
    timer.current = setTimeout(() => setTarget(null), GRACE);
  }, [keep]);
  useEffect(() => {
    // The card stands where its block was on the screen.
    addEventListener('scroll', close, { passive: true, capture: true });
    return () => {
      removeEventListener('scroll', close, { capture: true });
      keep();
    };
  }, [close, keep]);
  const point = useCallback(
    (lane: string, block: number | null, anchor: DOMRect | null) => {
      if (block === null || anchor === null) return leave();
      keep();
      setTarget({ lane, block, anchor });
    },
    [keep, leave],
  );
  const hold = useCallback((held: boolean) => (held ? keep() : leave()), [keep, leave]);
  return { target, point, hold, close };
}
