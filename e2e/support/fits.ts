import type { Page } from '@playwright/test';

/** The elements of the page that do not fit into the window at its present size, each as a sentence. */
export function misfits(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    // Charts and strips are drawn again once their new width has been measured.
    await nextFrame();
    await nextFrame();
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
  });
}
