import type { Section } from '../features/share/sections.ts';
import type { MessageKey } from '../language/messages.ts';
import { keepAtTop } from '../ui/keep-at-top.ts';
import { FAMILY_ID, INSIDE_ID, NETS_ID, PAPER_ID, PREDICTIONS_ID, REAL_ID } from '../ui/section-ids.ts';

/** A place on the page that the section bar leads to. */
export interface Anchor {
  readonly id: string;
  readonly name: MessageKey;
  /** The section that it is in, which a link may leave out; null for the race itself. */
  readonly section: Section | null;
}

/** From top to bottom. */
export const ANCHORS = [
  { id: NETS_ID, name: 'page.sectionNets', section: null },
  { id: INSIDE_ID, name: 'page.sectionInside', section: 'inside' },
  { id: PREDICTIONS_ID, name: 'page.sectionPredictions', section: 'predictions' },
  { id: PAPER_ID, name: 'page.sectionPaper', section: 'family' },
  { id: FAMILY_ID, name: 'page.sectionFamily', section: 'family' },
  { id: REAL_ID, name: 'page.sectionReal', section: 'family' },
] as const satisfies readonly Anchor[];

let stopKeeping = () => {};

/** Brings a section to the top, with the focus, so that the next Tab goes into it. Leaves the address as it is. */
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
