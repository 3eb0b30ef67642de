import { useEffect } from 'react';
import { useLessonState } from '../../use-stores.ts';
import type { Highlight } from '../chapter.ts';
import { stepAt } from '../lesson-state.ts';

const NONE: readonly Highlight[] = [];

/** The elements of a role, implicit or explicit. */
const SELECTORS: Readonly<Record<Highlight['role'], string>> = {
  switch: '[role="switch"]',
  region: 'section[aria-label], [role="region"]',
};

/** Marks what the present step of the lesson speaks of, found by role and accessible name, wherever it is on the page. */
export function useHighlights(): void {
  const highlights = useLessonState((state) => stepAt(state)?.highlight ?? NONE);
  useEffect(() => {
    if (highlights.length === 0) return;
    let marked: readonly Element[] = [];
    const mark = () => {
      const found = highlights.flatMap((highlight) => elementsOf(highlight));
      for (const old of marked) if (!found.includes(old)) old.removeAttribute('data-lesson-mark');
      for (const element of found) element.setAttribute('data-lesson-mark', '');
      marked = found;
    };
    mark();
    // What is marked may be drawn again as another element.
    const observer = new MutationObserver(mark);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      for (const element of marked) element.removeAttribute('data-lesson-mark');
    };
  }, [highlights]);
}

function elementsOf({ role, name, within }: Highlight): readonly Element[] {
  const roots = within === undefined ? [document.body] : named(document.body, SELECTORS.region, within());
  return roots.flatMap((root) => named(root, SELECTORS[role], name()));
}

function named(root: Element, selector: string, name: string): readonly Element[] {
  return [...root.querySelectorAll(selector)].filter((element) => nameOf(element) === name);
}

/** The accessible name, as far as this page gives names: by a label, by the element that labels it, or by its text. */
function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label');
  if (label !== null) return label;
  const by = element.getAttribute('aria-labelledby');
  const labelled = by === null ? element : document.getElementById(by);
  return (labelled?.textContent ?? '').trim();
}
