import { expect, type Locator, type Page } from '@playwright/test';
import { RESIDUAL, SMALL } from './support/experiments.ts';
import { misfits } from './support/fits.ts';
import { measure } from './support/look-inside.ts';
import { test } from './support/test.ts';

const CONTROLS = ':is(button, select, input:not([type=file]), summary, [role=switch], [role=slider])';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test('Train and the lab are under the thumb, and nothing is wider than the screen', async ({ page, playground }) => {
  const expectToFit = async () => expect(await misfits(page)).toEqual([]);
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await expectToFit();
  await expect(playground.train).toBeInViewport({ ratio: 1 });
  const { y = 0 } = (await playground.train.boundingBox()) ?? {};
  expect(y).toBeGreaterThan(844 / 2);

  await playground.train.tap();
  await playground.waitForStep(2);
  await playground.pause.tap();
  await expect(playground.train).toBeVisible();
  await expectToFit();

  await expect(playground.lab).toHaveCount(0);
  await page.getByRole('button', { name: 'Lab', exact: true }).tap();
  await expect(playground.lab.getByRole('heading', { name: 'Recipe' })).toBeVisible();
  await expectToFit();
  await page.getByRole('button', { name: 'Close' }).tap();
  await expect(playground.lab).toHaveCount(0);
});

test('a tap on a block opens its sheet and changes nothing; the shortcut is cut by the button there', async ({
  page,
  playground,
}) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  const block = playground.shortcut(RESIDUAL, 4);
  const sheet = page.getByRole('dialog', { name: `Block 4 of ${RESIDUAL}` });
  // At step 0 cutting sets the gain that the net starts with.
  const gain = async () => (await playground.experiment()).lanes.find(({ name }) => name === RESIDUAL)?.net.gains[3];
  await block.tap();
  await expect(sheet).toBeVisible();
  await expect(sheet.getByText(/^[\d,]+ parameters$/)).toBeVisible();
  await expect(sheet.getByRole('slider', { name: 'Strength of shortcut 4' })).toBeVisible();
  expect(await gain()).toBe(1);

  await sheet.getByRole('button', { name: 'Cut this shortcut' }).tap();
  await expect(sheet.getByRole('button', { name: 'Restore this shortcut' })).toBeVisible();
  await expect.poll(gain).toBe(0);

  const heading = sheet.getByRole('heading', { name: `Block 4 of ${RESIDUAL}` });
  for (const close of [
    () => sheet.getByRole('button', { name: 'Close' }).tap(),
    () => page.touchscreen.tap(195, 100),
    () => page.keyboard.press('Escape'),
    () => swipe(page, heading, 200),
  ]) {
    await close();
    await expect(sheet).toBeHidden();
    await expect(block).not.toBeChecked();
    await block.tap();
    await expect(sheet).toBeVisible();
  }
  await swipe(page, heading, 20);
  await expect(sheet).toBeVisible();
  await sheet.getByRole('button', { name: 'Look inside this block' }).tap();
  await expect(sheet).toBeHidden();
  await expect(page.getByRole('region', { name: 'Look inside' })).toBeInViewport();
  await expect(playground.lane(RESIDUAL).locator('[data-block][data-chosen]')).toHaveAttribute('data-block', '4');

  // The same screen with a mouse.
  await block.click();
  await expect(block).toBeChecked();
  await expect(sheet).toBeHidden();
});

test('what fingers press is large enough', async ({ page, playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.getByRole('button', { name: 'Draw one' }).tap();
  expect(await smallerThan(24, page.locator(CONTROLS))).toEqual([]);
  for (const main of [playground.train, playground.step, playground.shortcuts(RESIDUAL)]) {
    expect(await smallerThan(44, main)).toEqual([]);
  }
  for (const name of ['Lab', 'More']) {
    await page.getByRole('button', { name, exact: true }).tap();
    expect(await smallerThan(24, page.getByRole('dialog').locator(CONTROLS))).toEqual([]);
    if (name === 'More') expect(await smallerThan(44, playground.reset)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await playground.shortcut(RESIDUAL, 4).tap();
  expect(await smallerThan(44, page.getByRole('dialog').locator('button, input, [data-control="slider"]'))).toEqual([]);
});

test('what has the focus stands clear of what is under the thumb', async ({ page, playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  const bar = page.getByRole('toolbar', { name: 'Training' });
  const top = await bar.evaluate((element) => element.getBoundingClientRect().top);
  const controls = page.locator('main').locator('a[href], button');
  const hidden = await controls.evaluateAll((elements, edge) => {
    return elements.flatMap((element) => {
      const { height } = element.getBoundingClientRect();
      if (height === 0 || element.closest('[role=toolbar]') !== null || !element.checkVisibility()) return [];
      // In the window, and under the bar.
      scrollBy({ top: element.getBoundingClientRect().bottom - innerHeight, behavior: 'instant' });
      if (element instanceof HTMLElement) element.focus();
      return element.getBoundingClientRect().bottom > edge + 0.5 ? [element.outerHTML.slice(0, 120)] : [];
    });
  }, top);
  expect(hidden).toEqual([]);
});

test('two fingers magnify the page on every figure but the curves, whose steps they zoom', async ({
  page,
  playground,
}) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  const touch = (crosshair: Locator) => crosshair.evaluate((element) => getComputedStyle(element).touchAction);
  expect(await touch(page.getByRole('slider', { name: 'Step under the crosshair' }).first())).toBe('pan-y');
  await measure(page, 'Gradients');
  const gradients = page.getByRole('figure', { name: 'Gradient by layer', exact: true });
  expect(await touch(gradients.getByRole('slider').first())).toBe('pan-y pinch-zoom');
});

/** Pulls something down with a finger. */
async function swipe(page: Page, handle: Locator, far: number): Promise<void> {
  const { x, y } = (await handle.boundingBox()) ?? { x: 0, y: 0 };
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', down: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x: x + 10, y: y + 10 + down }],
    });
  await touch('touchStart', 0);
  for (const part of [0.25, 0.5, 0.75, 1]) await touch('touchMove', part * far);
  await touch('touchEnd', far);
  await session.detach();
}

/** The controls whose touch target is smaller than `size` pixels a side, by name. */
async function smallerThan(size: number, controls: Locator): Promise<readonly string[]> {
  await expect(controls).not.toHaveCount(0);
  return controls.evaluateAll((elements, side) => {
    const reach = side / 2 - 1;
    return elements.flatMap((element) => {
      if (element.getBoundingClientRect().width <= 1) return [];
      element.scrollIntoView({ block: 'center', inline: 'center' });
      const { left, top, width, height } = element.getBoundingClientRect();
      const hits = ([dx, dy]: readonly [number, number]) => {
        const hit = document.elementFromPoint(left + width / 2 + dx, top + height / 2 + dy);
        return (
          hit !== null &&
          (element.contains(hit) || hit.closest('[data-control="slider"], label')?.contains(element) === true)
        );
      };
      const around = [
        [reach, 0],
        [-reach, 0],
        [0, reach],
        [0, -reach],
      ] as const;
      const name = element.getAttribute('aria-label') ?? element.textContent;
      return around.every(hits) ? [] : [`${name}: ${width}×${height}`];
    });
  }, size);
}
