import { expect, type Locator, type Page } from '@playwright/test';
import { RESIDUAL, SMALL } from './support/experiments.ts';
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
  await playground.comesTo(1);
  await page.keyboard.press('Space');
  await expect(playground.train).toBeVisible();

  await tabTo(page, playground.step);
  const steps = await playground.steps();
  await page.keyboard.press('Enter');
  await playground.isAt(steps + 1);
});

test('Space, s and r work wherever the focus is on nothing of its own', async ({ page, playground }) => {
  await page.keyboard.press('Space');
  await expect(playground.pause).toBeVisible();
  await playground.comesTo(1);
  await page.keyboard.press('Space');
  await expect(playground.train).toBeVisible();
  await page.keyboard.press('r');
  await playground.isReady();
  await page.keyboard.press('s');
  await playground.isAt(1);
});

test('a key that is typed into a field does nothing else', async ({ page, playground }) => {
  await page.getByRole('textbox', { name: 'Until step' }).focus();
  await page.keyboard.press('r');
  await page.keyboard.press('s');
  await page.keyboard.press('Space');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await playground.isAt(0);
  await expect(playground.train).toBeVisible();
});

test('a net’s shortcuts are one stop; arrows go from one to the next, Enter and Space cut and mend, Tab goes to its gain', async ({
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
  const gain = playground.lane(RESIDUAL).getByRole('slider', { name: 'Gain of shortcut 1' });
  await expect(gain).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await playground.experiment()).surgery).toContainEqual(weaker);
  // Past how far the gain reaches.
  await tabTo(page, page.getByRole('button', { name: 'Look inside this block' }));
  await page.keyboard.press('Tab');
  await expect(playground.shortcuts(RESIDUAL)).toBeFocused();
  await expect(gain).toBeHidden();
  await playground.isAt(1);
});

test('? opens the help, Escape closes it, and the keys of the page rest meanwhile', async ({ page, playground }) => {
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'ResNet Playground' });
  await expect(help).toBeVisible();
  await page.keyboard.press('s');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await playground.isAt(0);
  await page.keyboard.press('s');
  await playground.isAt(1);
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
