import { useEffect, useMemo, useRef } from 'react';

/** Over the page, what takes the focus for a while. */
const LAYERS = '[role="dialog"], [role="menu"]';

/** The last element that had the focus on the page, and in each dialog and menu that is open; the latest at the end. */
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

/** Whether nothing has the focus because what had it is gone, and not because the user clicked beside all controls. */
function isLost(element: Element | null): boolean {
  return element === document.body && focused.at(-1)?.isConnected === false;
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
        const element = document.activeElement;
        before.current = isLost(element) ? null : element;
      },
      giveBack: (event: Event) => {
        const element = before.current?.isConnected === true ? before.current : focused.findLast(isThere);
        if (element === undefined) return;
        // Not to the trigger, which was not used where a key opened the dialog.
        event.preventDefault();
        // The page may have been scrolled to what the dialog led to.
        if (element instanceof HTMLElement || element instanceof SVGElement) element.focus({ preventScroll: true });
      },
    }),
    [],
  );
}

/**
 * Gives the focus to what takes the place of the element that had it and has just gone with what was shown before. It looks
 * when the component appears, and again whenever `shown` is another.
 */
export function useFocusInPlace(find: () => HTMLElement | null | undefined, shown?: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: where to look is the same as long as the same is shown
  useEffect(() => {
    if (isLost(document.activeElement)) find()?.focus({ preventScroll: true });
  }, [shown]);
}

/**
 * The same in a place that stays while what is in it changes. What is lost as the place itself appears is none of its own.
 */
export function useFocusAtChange(find: () => HTMLElement | null | undefined, shown: unknown): void {
  const before = useRef(shown);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    if (before.current !== shown && isLost(document.activeElement)) find()?.focus({ preventScroll: true });
    before.current = shown;
  }, [shown]);
}

function isThere({ isConnected }: Element): boolean {
  return isConnected;
}
