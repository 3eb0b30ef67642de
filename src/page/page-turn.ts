/** What every key belongs to. */
export const TYPED_INTO = 'input, textarea, [contenteditable]:not([contenteditable="false"]), [role="application"]';
/** A field of digits, in which no page can be turned: a clicker's keys stay the page's there. */
export const DIGITS = 'input[inputmode="numeric"]';
/** What the keys that turn pages move. */
const MOVED_BY_KEYS = 'select, [role="slider"], [role="spinbutton"], [role="listbox"]';

const TURNS: Readonly<Record<string, 'forward' | 'back'>> = {
  PageDown: 'forward',
  PageUp: 'back',
  ArrowRight: 'forward',
  ArrowLeft: 'back',
};

/**
 * Where a key turns the lesson: those of a clicker wherever the focus is, the arrows where nothing has it or the lesson does,
 * but none in a control that it moves or that is typed into, unless that takes digits alone. Further down the page they scroll, but for an arrow in the lesson itself.
 */
export function pageTurnOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>,
  target: Element | null,
): 'forward' | 'back' | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return null;
  const way = TURNS[event.key];
  if (way === undefined || target === null || target.closest(MOVED_BY_KEYS)) return null;
  const isArrow = event.key.startsWith('Arrow');
  if (target.closest(TYPED_INTO) && (isArrow || !target.matches(DIGITS))) return null;
  const isInView = scrollY < innerHeight / 2;
  if (!isArrow) return isInView ? way : null;
  const isInStrip = target.closest('[data-lesson]') !== null && target.closest('[role="radiogroup"]') === null;
  return isInStrip || (isInView && target === document.body) ? way : null;
}
