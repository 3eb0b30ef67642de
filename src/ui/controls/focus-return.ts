import { useEffect, useMemo, useRef } from 'react';

/** Over the page, what takes the focus for a while. */
const LAYERS = '[role="dialog"], [role="menu"], [data-notices]';

/** Also a part of a drawing, such as a shortcut. */
type Focusable = HTMLElement | SVGElement;

/** The last element that had the focus on the page, and in each layer over it; the latest at the end. */
let focused: readonly Element[] = [];

function follow({ target }: FocusEvent): void {
  if (!(target instanceof Element)) return;
  const layer = target.closest(LAYERS);
  focused = [...focused.filter((each) => each.isConnected && each.closest(LAYERS) !== layer), target];
}

// A dialog may be mounted only as it is opened. The first frame is rendered where there is no document.
if (typeof document !== 'undefined') {
  document.addEventListener('focusin', follow);
  // A press beside all controls leaves what is gone; one on a control takes the focus after it.
  const leave = () => {
    focused = focused.filter((each) => each.isConnected);
  };
  document.addEventListener('pointerdown', leave, true);
}

/** What had the focus and is gone; null where something has the focus, or the user clicked beside all controls. */
function lostElement(): Element | null {
  const last = focused.at(-1);
  return document.activeElement === document.body && last?.isConnected === false ? last : null;
}

/** The last element that had the focus and is still there: for what goes and has nothing in its place. */
export function lastFocused(): Focusable | null {
  const element = focused.findLast(isThere);
  return isFocusable(element) ? element : null;
}

/** The page's main button, which is always there: for what goes by its own press, after which the race goes on. */
export function trainButton(): Focusable | null {
  return document.querySelector<HTMLElement>('[data-train]');
}

/**
 * Gives the focus back to where it was when a dialog was opened. Where that was in a menu or in another dialog, which is
 * gone by then, it goes to where the focus was before: to the button of the menu, or of that dialog.
 */
export function useFocusReturn() {
  const before = useRef<Element | null>(null);
  return useMemo(
    () => ({
      remember: () => {
        before.current = lostElement() === null ? document.activeElement : null;
      },
      giveBack: (event: Event) => {
        const element = before.current?.isConnected === true ? before.current : focused.findLast(isThere);
        if (element === undefined) return;
        // Not to the trigger, which was not used where a key opened the dialog.
        event.preventDefault();
        // The page may have been scrolled to what the dialog led to.
        if (isFocusable(element)) element.focus({ preventScroll: true });
      },
    }),
    [],
  );
}

/**
 * Gives the focus to what takes the place of the element that had it and has just gone with what was shown before, the
 * `lost` one. It looks when the component appears, and again whenever `shown` is another.
 */
export function useFocusInPlace(find: (lost: Element) => Focusable | null | undefined, shown?: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: where to look is the same as long as the same is shown
  useEffect(() => {
    const lost = lostElement();
    if (lost !== null) find(lost)?.focus({ preventScroll: true });
  }, [shown]);
}

/**
 * The same in a place that stays while what is in it changes. What is lost as the place itself appears is none of its own.
 */
export function useFocusAtChange(find: () => Focusable | null | undefined, shown: unknown): void {
  const before = useRef(shown);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    if (before.current !== shown && lostElement() !== null) find()?.focus({ preventScroll: true });
    before.current = shown;
  }, [shown]);
}

function isFocusable(element: Element | undefined): element is Focusable {
  return element instanceof HTMLElement || element instanceof SVGElement;
}

function isThere({ isConnected }: Element): boolean {
  return isConnected;
}
