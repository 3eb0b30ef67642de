import { expect, type Locator, type Page } from '@playwright/test';
import { PLAIN, RESIDUAL, SMALL } from './support/experiments.ts';
import { lossesOf } from './support/playground-page.ts';
import { test } from './support/test.ts';

/** More than the page has of what can be reached. */
const MOST_TABS = 60;

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${MOST_TABS} times Tab, and not at ${target}`);
}

/** Expects that an element that has the focus looks otherwise without; it has it again afterwards. */
async function expectVisibleFocus(page: Page, element: Locator): Promise<void> {
  await expect(element).toBeFocused();
  const { x, y, width, height } = (await element.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const clip = { x: x - 4, y: y - 4, width: width + 8, height: height + 8 };
  /** The picture, once it stands still. */
  const look = async () => {
    let last = await page.screenshot({ clip });
    const standsStill = async () => {
      const now = await page.screenshot({ clip });
      const same = now.equals(last);
      last = now;
      return same;
    };
    await expect.poll(standsStill).toBe(true);
    return last;
  };
  const focused = await look();
  await element.blur();
  const blurred = await look();
  await element.focus();
  expect(focused.equals(blurred)).toBe(false);
}

test.beforeEach(async ({ playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
});

test('Tab and Space train and pause', async ({ page, playground }) => {
  await tabTo(page, playground.train);
  await expectVisibleFocus(page, playground.train);
  await page.keyboard.press('Space');
  await expect(playground.pause).toBeVisible();
  await expect(playground.pause).toBeFocused();
  await playground.waitForStep(1);
  await page.keyboard.press('Space');
  await expect(playground.train).toBeVisible();

  await tabTo(page, playground.step);
  const steps = await playground.steps();
  await page.keyboard.press('Enter');
  await playground.expectStep(steps + 1);
});

test('Space, s and r work wherever the focus is on nothing of its own, and rest while ? has the help open', async ({
  page,
  playground,
}) => {
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'ResNet Playground' });
  await expect(help).toBeVisible();
  await page.keyboard.press('s');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  // A round that the key had asked for would come before this one.
  await page.evaluate(async () => {
    await window.playground.slowRound();
  });
  expect(lossesOf(await playground.curves(), PLAIN)).toHaveLength(1);

  await page.keyboard.press('Space');
  await expect(playground.pause).toBeVisible();
  await playground.waitForStep(2);
  await page.keyboard.press('Space');
  await expect(playground.train).toBeVisible();
  await page.keyboard.press('r');
  await playground.expectReady();
  await page.keyboard.press('s');
  await playground.expectStep(1);
});

test('Space after a click is the page’s, whatever was clicked; after Tab it is the control’s', async ({
  page,
  playground,
}) => {
  const { train, pause } = playground;
  const shortcut = playground.shortcut(RESIDUAL, 4);
  const all = playground.shortcuts(PLAIN);
  await playground.trainLong();
  const clicks = [
    () => shortcut.click(),
    () => all.click(),
    () => page.getByRole('button', { name: 'More', exact: true }).click(),
  ];
  for (const [index, click] of clicks.entries()) {
    await click();
    // A menu has the keys while it is open.
    if (index === 2) await page.keyboard.press('Escape');
    if (index === 2) await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('Space');
    await expect(pause).toBeVisible();
    await page.keyboard.press('Space');
    await expect(train).toBeVisible();
  }
  await expect(shortcut).not.toBeChecked();
  await expect(all).toBeChecked();

  // A click takes the control that Tab had come to from the keyboard.
  await all.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(all).toBeFocused();
  await page.keyboard.press('Space');
  await expect(all).not.toBeChecked();
  await all.click();
  await expect(all).toBeChecked();
  await page.keyboard.press('Space');
  await expect(pause).toBeVisible();
  await expect(all).toBeChecked();
});

test('a reset is undone to the bit, by key or button, as long as nothing was done since', async ({
  page,
  playground,
}) => {
  await playground.stepBy(2);
  await playground.shortcut(RESIDUAL, 4).click();
  await expect(playground.shortcut(RESIDUAL, 4)).not.toBeChecked();
  const [experiment, curves] = [await playground.experiment(), await playground.curves()];
  const undo = page.getByRole('button', { name: 'Undo reset' });

  await page.keyboard.press('r');
  await playground.expectReady();
  await expect(page.getByRole('status').getByText('brings step 2 back')).toBeAttached();
  await expect(playground.shortcut(RESIDUAL, 4)).toBeChecked();
  await undo.click();
  await playground.expectStep(2);
  await expect(undo).toBeHidden();
  expect([await playground.experiment(), await playground.curves()]).toEqual([experiment, curves]);
  await playground.stepBy(1);
  const undone = await playground.curves();

  await playground.reset.click();
  await expect(undo).toBeVisible();
  await page.keyboard.press('u');
  await playground.expectStep(3);
  await playground.reset.click();
  await playground.expectReady();
  await playground.stepBy(1);
  await expect(undo).toBeHidden();

  await page.evaluate((asked) => window.playground.load(asked), experiment);
  await page.evaluate(() => window.playground.step(3));
  expect(await playground.curves()).toEqual(undone);
});

test('a key that is typed into a field does nothing else; a number may be written as people write it, and a bad one moves nothing', async ({
  page,
  playground,
}) => {
  await page.getByRole('textbox', { name: 'Stop at step' }).focus();
  await page.keyboard.press('r');
  await page.keyboard.press('s');
  await page.keyboard.press('Space');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await playground.expectStep(0);
  await expect(playground.train).toBeVisible();

  const momentum = page.getByRole('textbox', { name: 'Momentum' });
  await momentum.fill('0,5');
  await momentum.press('Enter');
  await expect.poll(async () => (await playground.experiment()).recipe.momentum).toBe(0.5);
  await expect(momentum).toHaveValue('0.5');

  const until = page.getByRole('textbox', { name: 'Stop at step' });
  const before = [await until.boundingBox(), await momentum.boundingBox()];
  await until.fill('64,000');
  await momentum.fill('1.5');
  await momentum.press('Enter');
  const problem = page.getByRole('alert').filter({ hasText: 'Enter a number from 0 to 0.999.' });
  await expect(problem).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: '“64,000” may be 64 or 64000' })).toBeVisible();
  expect([await until.boundingBox(), await momentum.boundingBox()]).toEqual(before);
  await expect(until).toHaveValue('64,000');
  await until.fill('64 000');
  await until.press('Enter');
  await expect.poll(async () => (await playground.experiment()).until).toBe(64_000);
});

test('a net’s shortcuts are one stop; arrows go from one to the next, Enter and Space cut and mend, Tab goes to its button and its gain', async ({
  page,
  playground,
}) => {
  const shortcut = (block: number) => playground.shortcut(RESIDUAL, block);
  const weaker = { step: 1, lane: RESIDUAL, block: 1, gain: 0.9 };
  await playground.stepBy(1);
  await tabTo(page, shortcut(1));
  for (const block of [2, 3, 4]) {
    await page.keyboard.press('ArrowRight');
    await expect(shortcut(block)).toBeFocused();
  }
  await expectVisibleFocus(page, shortcut(4));
  await page.keyboard.press('Enter');
  await expect(shortcut(4)).not.toBeChecked();
  await page.keyboard.press('Space');
  await expect(shortcut(4)).toBeChecked();
  await page.keyboard.press('End');
  await expect(shortcut(6)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(shortcut(6)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(shortcut(1)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(playground.lane(RESIDUAL).getByRole('button', { name: 'Cut this shortcut' })).toBeFocused();
  await page.keyboard.press('Tab');
  const gain = playground.lane(RESIDUAL).getByRole('slider', { name: 'Strength of shortcut 1' });
  await expect(gain).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await playground.experiment()).surgery).toContainEqual(weaker);
  // Past how far the gain reaches.
  await tabTo(page, page.getByRole('button', { name: 'Look inside this block' }));
  await page.keyboard.press('Tab');
  await expect(playground.shortcuts(RESIDUAL)).toBeFocused();
  await expect(gain).toBeHidden();
  await playground.expectStep(1);
});

test('the crosshair of the curves moves by arrows', async ({ page, playground }) => {
  await playground.stepBy(3);
  const crosshair = page.getByRole('slider', { name: 'Step under the crosshair' });
  await tabTo(page, crosshair);
  await page.keyboard.press('End');
  await expect(crosshair).toHaveAttribute('aria-valuetext', /step 3.*plain-8/i);
  await page.keyboard.press('ArrowLeft');
  await expect(crosshair).toHaveAttribute('aria-valuetext', /step 2/i);
});

test('the card of a block in a low window can be scrolled to its end, by wheel and by Tab', async ({
  page,
  playground,
}) => {
  await page.setViewportSize({ width: 1366, height: 560 });
  const block = playground.shortcut(RESIDUAL, 1);
  const card = page.locator('[data-card]');
  const inside = card.getByRole('button', { name: 'Look inside this block' });
  await block.hover();
  await card.hover();
  await page.mouse.wheel(0, 600);
  await expect.poll(() => card.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
  await expect(inside).toBeInViewport({ ratio: 1 });
  await page.mouse.move(0, 0);
  await expect(card).toBeHidden();

  await tabTo(page, block);
  await tabTo(page, inside);
  await expect(inside).toBeInViewport({ ratio: 1 });
  await expect(inside).toBeFocused();
});

test('what has the focus stands clear of the header and the bar of sections, whose own focus scrolls nothing', async ({
  page,
  playground,
}) => {
  const control = playground.shortcuts(RESIDUAL);
  await page.setViewportSize({ width: 1280, height: 640 });
  await control.focus();
  await page.keyboard.press('Tab');
  await control.evaluate((element) => scrollBy({ top: element.getBoundingClientRect().top - 8 }));
  await page.keyboard.press('Shift+Tab');
  await expect(control).toBeFocused();
  const isSeen = await control.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  expect(isSeen).toBe(true);

  await page.evaluate(() => scrollTo({ top: 200 }));
  await playground.train.focus();
  await page.getByRole('navigation', { name: 'Parts of the page' }).getByRole('link').first().focus();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await page.evaluate(() => scrollY)).toBe(200);
});

test('a control that the lesson marks shows the focus', async ({ page, playground }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const control = playground.shortcuts(PLAIN);
  await control.evaluate((element) => element.setAttribute('data-lesson-mark', ''));
  await tabTo(page, control);
  await expectVisibleFocus(page, control);
});
