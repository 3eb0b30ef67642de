import type { Page } from '@playwright/test';

/** How often what does not fit is looked at again: charts and strips are drawn again once they know their new width. */
const LOOKS = 30;

/** The elements of the page that do not fit into the window at its present size, each as a sentence. */
export async function misfits(page: Page): Promise<readonly string[]> {
  let told: readonly string[] = [];
  for (let look = 0; look === 0 || (told.length > 0 && look < LOOKS); look++) {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    told = await page.evaluate(findMisfits);
  }
  return told;
}

/** Those of this moment. Runs in the page, and must not refer to anything outside of itself. */
function findMisfits(): readonly string[] {
  const told: string[] = [];
  const nameOf = (element: Element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`;
  const width = document.documentElement.clientWidth;

  const { scrollWidth } = document.documentElement;
  if (scrollWidth > width) {
    const [widest] = [...document.querySelectorAll('body *')]
      .map((element) => ({ element, right: element.getBoundingClientRect().right }))
      .sort((a, b) => b.right - a.right);
    told.push(`the page is ${scrollWidth} wide, by ${widest === undefined ? 'nothing' : nameOf(widest.element)}`);
  }

  // On a phone `main` clips what leads out of it: the page is no wider, and what was cut off cannot be scrolled to.
  const main = document.querySelector('main');
  if (main === null) throw new Error('no main part to look at');
  const clips = (element: Element) => {
    const { overflowX, clipPath } = getComputedStyle(element);
    return overflowX !== 'visible' || clipPath !== 'none';
  };
  const isClippedBelowMain = (element: Element): boolean => {
    const { parentElement } = element;
    return (
      parentElement !== null && parentElement !== main && (clips(parentElement) || isClippedBelowMain(parentElement))
    );
  };
  // Of a drawing the frame and the words count: marks may lie over an edge by half of their size, and some are not seen.
  const counts = (element: Element) =>
    !(element instanceof SVGElement) || element instanceof SVGSVGElement || element instanceof SVGTextElement;
  const leading = new Set(
    [...main.querySelectorAll('*')].filter(
      (element) =>
        element.getBoundingClientRect().right > width + 0.5 &&
        counts(element) &&
        element.checkVisibility({ visibilityProperty: true }) &&
        // Words for screen readers alone are clipped themselves.
        getComputedStyle(element).clipPath === 'none' &&
        !isClippedBelowMain(element),
    ),
  );
  for (const element of leading) {
    if (element.parentElement !== null && leading.has(element.parentElement)) continue;
    const [{ right }, text] = [element.getBoundingClientRect(), element.textContent?.trim().slice(0, 40)];
    told.push(`${nameOf(element)} “${text}” leads out of the window, to ${right.toFixed(1)} of ${width}`);
  }

  const meet = (a: DOMRect, b: DOMRect) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const controls = [...document.querySelectorAll('header :is(button, a, [role=slider])')]
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1);
  controls.forEach(({ element, box }, index) => {
    const name = element.getAttribute('aria-label') ?? element.textContent;
    if (box.left < 0 || box.right > width) told.push(`${name} of the header is outside of the window`);
    for (const other of controls.slice(index + 1)) {
      if (meet(box, other.box)) told.push(`${name} of the header lies on ${nameOf(other.element)}`);
    }
  });

  for (const lane of document.querySelectorAll('[data-lane]')) {
    const [strip, ...texts] = [lane.querySelector('[data-strip]'), ...lane.querySelectorAll('[data-name] > *')];
    const over = texts.find(
      (text) => strip !== null && meet(text.getBoundingClientRect(), strip.getBoundingClientRect()),
    );
    if (over !== undefined) told.push(`${over.textContent} lies on its strip`);
  }

  for (const box of document.querySelectorAll('[role="dialog"], [role="menu"], [data-card]')) {
    const { left, right, top, bottom } = box.getBoundingClientRect();
    if (left < 0 || right > width || top < 0 || bottom > innerHeight)
      told.push(`${nameOf(box)} leads out of the window`);
    if (box.scrollWidth > box.clientWidth) told.push(`${nameOf(box)} scrolls sideways`);
  }
  return told;
}
