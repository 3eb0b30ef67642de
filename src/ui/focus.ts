import type { KeyboardEvent as ReactKeyboardEvent } from 'react';
import { ARROW_STEPS } from './keys.ts';

interface FocusOrigin {
  /** Whether what has the focus was pointed at, and no key was used on it since. */
  readonly byPointer: () => boolean;
  readonly stop: () => void;
}

/**
 * Follows how the focus comes to where it is. `:focus-visible` cannot tell: browsers set it on what was clicked as soon
 * as any key is pressed.
 */
export function followFocus(): FocusOrigin {
  let lastInput: 'pointer' | 'keyboard' = 'keyboard';
  let by: 'pointer' | 'keyboard' = 'keyboard';
  const point = () => {
    lastInput = 'pointer';
    by = 'pointer';
  };
  const type = () => {
    lastInput = 'keyboard';
  };
  const focus = () => {
    by = lastInput;
  };
  // An arrow that a control takes, such as a drawing pad, has it used by keys from then on; one that scrolls has not.
  const take = (event: KeyboardEvent) => {
    if (event.key.startsWith('Arrow') && event.defaultPrevented) by = 'keyboard';
  };
  addEventListener('pointerdown', point, true);
  addEventListener('keydown', type, true);
  addEventListener('focusin', focus, true);
  addEventListener('keydown', take);
  return {
    byPointer: () => by === 'pointer',
    stop: () => {
      removeEventListener('pointerdown', point, true);
      removeEventListener('keydown', type, true);
      removeEventListener('focusin', focus, true);
      removeEventListener('keydown', take);
    },
  };
}

/** Whether the list of a select is open, or may be where the browser cannot tell. */
export function mayBeOpen(select: HTMLSelectElement): boolean {
  return !CSS.supports('selector(:open)') || select.matches(':open');
}

/**
 * Gives the focus to the last button of an element, such as the row that takes the place of one that is removed: a button
 * that goes with its row would leave the focus nowhere.
 */
export function focusLastButton(within: Element | null | undefined): void {
  [...(within?.querySelectorAll('button') ?? [])].at(-1)?.focus();
}

/**
 * Has arrow keys move the focus among what matches the selector in the element that hears them, and press nothing. At an end
 * it stays or, if it `wraps`, goes on from the other one.
 */
export function moveFocusAmong(
  event: ReactKeyboardEvent,
  selector: string,
  { wraps }: { readonly wraps: boolean },
): void {
  const step = ARROW_STEPS[event.key];
  if (step === undefined) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const at = all.findIndex((each) => each.matches(':focus'));
  if (at < 0) return;
  event.preventDefault();
  const next = at + step;
  all[wraps ? (next + all.length) % all.length : Math.min(all.length - 1, Math.max(0, next))]?.focus();
}
