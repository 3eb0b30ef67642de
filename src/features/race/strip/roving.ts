import { type FocusEvent, type KeyboardEvent, useState } from 'react';

/** A block of a strip and its element. */
export interface BlockAt {
  readonly block: number;
  readonly element: SVGElement;
}

/** The block that an event happened in. */
export function blockAt(target: EventTarget): BlockAt | null {
  const element = target instanceof Element ? target.closest('[data-block]') : null;
  if (!(element instanceof SVGElement)) return null;
  return { block: Number(element.dataset.block), element };
}

const TARGETS: Readonly<Record<string, (block: number, count: number) => number>> = {
  ArrowRight: (block) => block + 1,
  ArrowUp: (block) => block + 1,
  ArrowLeft: (block) => block - 1,
  ArrowDown: (block) => block - 1,
  Home: () => 1,
  End: (_, count) => count,
};

interface Roving {
  /** The one block that Tab reaches. */
  readonly stop: number;
  readonly onKeyDown: (event: KeyboardEvent<SVGSVGElement>) => void;
  readonly onFocus: (event: FocusEvent<SVGSVGElement>) => void;
}

/** One tab stop for a whole strip: arrows, Home and End move within it, Enter and Space toggle. */
export function useRoving(count: number, preferred: number, onToggle: (block: number) => void): Roving {
  const [last, setLast] = useState<number | null>(null);
  const stop = Math.min(count, last ?? preferred);
  return {
    stop,
    onFocus: (event) => setLast(blockAt(event.target)?.block ?? null),
    onKeyDown: (event) => {
      const at = blockAt(event.target);
      if (!at || event.ctrlKey || event.metaKey || event.altKey) return;
      const next = TARGETS[event.key]?.(at.block, count);
      if (next === undefined && event.key !== 'Enter' && event.key !== ' ') return;
      // The page has shortcuts of its own: Space trains and pauses.
      event.preventDefault();
      event.stopPropagation();
      if (next === undefined) {
        if (!event.repeat) onToggle(at.block);
        return;
      }
      const target = event.currentTarget.querySelector(`[data-block="${Math.max(1, Math.min(count, next))}"]`);
      if (target instanceof SVGElement) {
        target.focus();
        target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      }
    },
  };
}
