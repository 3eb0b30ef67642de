import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { depthLightness, netClass, netStyle } from '../../../charts/colours.ts';
import { stageOf } from '../../../core/net/net.ts';
import { printable } from '../../../core/quote.ts';
import { say } from '../../../language/say.ts';
import { isComposed } from '../../../ui/keys.ts';
import type { BlockAt } from '../strip/roving.ts';
import { BlockControls, type BlockDetails } from './BlockControls.tsx';
import styles from './block-card.module.css';

/** Free between the card and the window's edges. */
const EDGE = 8;
/** With its block, so that the pointer finds no gap on its way. */
const OVERLAP = 2;

export interface BlockCardProps extends BlockDetails {
  /** The block on the screen. */
  readonly of: SVGElement;
  /** The pointer has come to the card, or left it. */
  readonly onHold: (held: boolean) => void;
  /** The keyboard's focus has come into the card. */
  readonly onTake: () => void;
  readonly onClose: () => void;
}

/** The card of the block under the mouse or the keyboard's focus. Fingers get a BlockSheet. */
export function BlockCard({ of, onHold, onTake, onClose, ...details }: BlockCardProps) {
  const { lane, block } = details;
  const { net, name } = lane;
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: 0, top: 0, maxHeight: 0 });
  useLayoutEffect(() => {
    const stand = () => {
      const anchor = of.getBoundingClientRect();
      const { offsetWidth: width, scrollHeight: height } = card.current ?? { offsetWidth: 0, scrollHeight: 0 };
      const middle = anchor.left + anchor.width / 2 - width / 2;
      const left = Math.min(Math.max(EDGE, middle), document.documentElement.clientWidth - width - EDGE);
      // Never over its block: where neither side has room for it, it scrolls on the side that has more.
      const below = innerHeight - EDGE - (anchor.bottom - OVERLAP);
      const above = anchor.top + OVERLAP - EDGE;
      if (height <= below || below >= above) setPlace({ left, top: anchor.bottom - OVERLAP, maxHeight: below });
      else setPlace({ left, top: anchor.top + OVERLAP - Math.min(height, above), maxHeight: above });
    };
    stand();
    addEventListener('scroll', stand, { passive: true, capture: true });
    return () => removeEventListener('scroll', stand, { capture: true });
  }, [of]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isComposed(event)) return;
      if (card.current?.contains(document.activeElement)) of.focus({ preventScroll: true });
      // After that, since the block opens its card when it gets the focus.
      onClose();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [of, onClose]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the card only notices that it is in use
    <div
      ref={card}
      className={`${styles.card} ${styles.details} ${netClass(net.family)}`}
      data-card
      style={{ ...netStyle(depthLightness(net.depth)), ...place }}
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
      onFocus={({ target }) => target.matches(':focus-visible') && onTake()}
    >
      <h4>
        <span>{say('race.block', { block })}</span>
        <span>{say('race.where', { net: printable(name), stage: stageOf(net, block) })}</span>
      </h4>
      <BlockControls key={`${details.lane.name} ${details.block}`} {...details} by="pointer" onLeave={(go) => go()} />
    </div>
  );
}

/** A block that the pointer or the focus is on. */
export interface LaneBlock extends BlockAt {
  readonly lane: string;
}

interface CardTarget extends LaneBlock {
  readonly by: 'pointer' | 'focus';
}

/** Whether what has opened a card is still where it opened it: the block, and where it was the focus, the focus in it or in the card. */
function isThere({ by, element }: CardTarget): boolean {
  const { activeElement } = document;
  if (by === 'focus') return activeElement === element || activeElement?.closest('[data-card]') instanceof Element;
  return element.isConnected;
}

/** How long the pointer may be on its way from a block to its card. */
const GRACE = 160;

/**
 * Which block's card is open, and who has opened it:
 *
 * - the pointer, by coming to a block. The card closes a moment after the pointer has left the block and the card, and when
 *   anything but the card is scrolled, since its block is then no longer under the pointer.
 * - the keyboard's focus, by coming to a block or into a card that the pointer has opened. The card closes when the focus has
 *   left the block and the card, and moves with its block when that is scrolled. Until then the pointer changes nothing.
 *
 * Escape closes both, and gives a focus that is in the card to its block. Both close where what has opened them goes.
 */
export function useBlockCard() {
  const [target, setTarget] = useState<CardTarget | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const closeOf = useCallback((by: CardTarget['by']) => setTarget((now) => (now?.by === by ? null : now)), []);
  const hold = useCallback(
    (held: boolean) => {
      clearTimeout(timer.current);
      if (!held) timer.current = setTimeout(() => closeOf('pointer'), GRACE);
    },
    [closeOf],
  );
  const hover = useCallback(
    (at: LaneBlock | null) => {
      hold(at !== null);
      if (at !== null) setTarget((now) => (now?.by === 'focus' && isThere(now) ? now : { ...at, by: 'pointer' }));
    },
    [hold],
  );
  const focus = useCallback(
    (at: LaneBlock | null) => (at === null ? closeOf('focus') : setTarget({ ...at, by: 'focus' })),
    [closeOf],
  );
  const take = useCallback(() => setTarget((now) => now && { ...now, by: 'focus' }), []);
  const close = useCallback(() => setTarget(null), []);
  useEffect(() => {
    const scroll = ({ target: scrolled }: Event) => {
      if (!(scrolled instanceof Element && scrolled.closest('[data-card]'))) closeOf('pointer');
    };
    addEventListener('scroll', scroll, { passive: true, capture: true });
    return () => {
      removeEventListener('scroll', scroll, { capture: true });
      clearTimeout(timer.current);
    };
  }, [closeOf]);
  // Nothing says that a block goes with its net, or the focus with the card: neither leaves what is no more.
  useEffect(() => setTarget((now) => (now !== null && isThere(now) ? now : null)));
  return { target, hover, focus, hold, take, close };
}
