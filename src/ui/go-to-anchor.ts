import { keepAtTop } from './keep-at-top.ts';

let stopKeeping = () => {};

/**
 * Brings a section, or a part of one, to the top, with the focus, so that the next Tab goes into it. Leaves the address as it
 * is.
 */
export function goToAnchor(id: string): void {
  const section = document.getElementById(id);
  if (section === null) return;
  if (!section.hasAttribute('tabindex')) section.tabIndex = -1;
  section.focus({ preventScroll: true });
  stopKeeping();
  stopKeeping = keepAtTop(section);
}

/**
 * Goes to a section that may not be loaded: `until` holds the one that loads it when it comes into view. Gives up after
 * five seconds, or when the visitor scrolls or types.
 */
export function goToLateAnchor(id: string, until: string): void {
  if (document.getElementById(id) !== null) {
    goToAnchor(id);
    return;
  }
  goToAnchor(until);
  const abort = new AbortController();
  const { signal } = abort;
  const observer = new MutationObserver(() => {
    if (document.getElementById(id) === null) return;
    goToAnchor(id);
    abort.abort();
  });
  signal.addEventListener('abort', () => observer.disconnect());
  observer.observe(document.body, { childList: true, subtree: true });
  for (const type of ['wheel', 'pointerdown', 'keydown']) addEventListener(type, () => abort.abort(), { signal });
  setTimeout(() => abort.abort(), 5000);
}
