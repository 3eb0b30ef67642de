import { expect } from '@playwright/test';
import { PLAIN, RESIDUAL, SMALL } from './support/experiments.ts';
import { test } from './support/test.ts';
import { translatePage } from './support/translation.ts';

test('a part that cannot be drawn is said, the race goes on, and trying again brings it back', async ({
  page,
  playground,
  complaints,
}) => {
  await page.addInitScript(() => {
    const draw = CanvasRenderingContext2D.prototype.putImageData;
    Object.assign(window, { canDraw: false });
    CanvasRenderingContext2D.prototype.putImageData = function (...args: readonly unknown[]) {
      if (!Reflect.get(window, 'canDraw')) throw new Error('no pictures');
      Reflect.apply(draw, this, args);
    };
  });
  await playground.open({ backend: 'wasm', experiment: SMALL });
  const failed = page.getByRole('alert').filter({ hasText: 'could not be shown (Error: no pictures)' });
  await expect(failed.filter({ hasText: 'Predictions' })).toHaveCount(1);
  await expect(failed.filter({ hasText: 'The data' })).toHaveCount(1);
  await playground.stepBy(2);
  await playground.shortcut(RESIDUAL, 2).click();
  await expect(playground.shortcut(RESIDUAL, 2)).not.toBeChecked();
  // Said once each on the console, and nothing else.
  const said = await failed.count();
  expect(complaints.splice(0)).toEqual(Array(said).fill(expect.stringContaining('no pictures')));

  await page.evaluate(() => Object.assign(window, { canDraw: true }));
  for (let left = said; left > 0; left--) {
    await failed.first().getByRole('button', { name: 'Try again' }).click();
    await expect(failed).toHaveCount(left - 1);
  }
  await expect(page.getByRole('region', { name: 'Predictions' }).getByRole('table')).toBeVisible();
  await playground.expectStep(2);

  // What fails outside of drawing is in the notice: an action of the page, and what nothing catches.
  await page.evaluate(() => {
    HTMLCanvasElement.prototype.toBlob = (hear) => hear(null);
  });
  await playground.figureMenu.click();
  await playground.figure.getByRole('button', { name: /^Save: / }).click();
  await page.getByRole('menuitem', { name: 'Picture as PNG' }).click();
  await expect(playground.alert).toContainText('too large for the browser');
  expect(complaints).toEqual([]);
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('a timer failed');
    });
  });
  await expect(playground.alert).toContainText('A timer failed');
  expect(complaints.splice(0)).toEqual(['Error: a timer failed']);
});

test('where everything fails, the race can still be paused, and its page comes back', async ({
  page,
  playground,
  complaints,
}) => {
  await page.addInitScript(() => {
    const find = Array.prototype.includes;
    // Whether the lab is hidden is asked by the whole page alone.
    Array.prototype.includes = function (...args: readonly unknown[]) {
      if (args[0] === 'lab' && Reflect.get(window, 'broken')) throw new Error('nothing at all');
      return Reflect.apply(find, this, args);
    };
  });
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await playground.train.click();
  await playground.waitForStep(2);
  await page.evaluate(() => Object.assign(window, { broken: true }));
  // Reports do not render the whole page; opening or closing the lab does.
  await page.keyboard.press('l');
  const failed = page.getByRole('alert').filter({ hasText: 'The page could not be shown (Error: nothing at all)' });
  await expect(failed).toBeVisible();
  await playground.pauseNow();
  await expect(page.getByRole('button', { name: 'Copy a link to this experiment' })).toBeVisible();
  const curves = await playground.curves();

  await page.evaluate(() => Object.assign(window, { broken: false }));
  await failed.getByRole('button', { name: 'Try again' }).click();
  await expect(playground.lane(PLAIN)).toBeVisible();
  expect(await playground.curves()).toEqual(curves);
  expect(complaints.splice(0)).toEqual([expect.stringContaining('nothing at all')]);
});

test('a part whose file is not there is said, and loaded once it is', async ({ page, playground, complaints }) => {
  await page.route('**/assets/FamilyFigures-*', (route) => route.fulfill({ status: 404 }));
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await playground.train.click();
  const family = page.getByRole('region', { name: 'The paper’s family' });
  await family.scrollIntoViewIfNeeded();
  const failed = family.getByRole('alert').filter({ hasText: /./ });
  await expect(failed).toContainText('The paper’s family could not be loaded');
  await playground.waitForStep(2);
  await playground.pauseNow();
  await failed.getByRole('button', { name: 'Try again' }).click();
  await expect(failed).toContainText('The paper’s family could not be loaded');

  await page.unroute('**/assets/FamilyFigures-*');
  await failed.getByRole('button', { name: 'Try again' }).click();
  await expect(family.getByRole('button', { name: 'Race three of them, at small scale' })).toBeVisible();
  await expect(failed).toHaveCount(0);
  // Once for each time that it was said; the browser tells of each file that it could not get.
  const told = complaints.splice(0).filter((each) => !each.includes('404'));
  expect(told).toEqual(Array(2).fill(expect.stringContaining('LateError')));
});

test('a page that the browser translates trains, pauses, is cut, and opens its menus and dialogs', async ({
  page,
  playground,
}) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await translatePage(page);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  expect(await page.locator('font').count()).toBeGreaterThan(200);

  await playground.stepBy(2);
  await playground.train.click();
  await playground.waitForStep(6);
  await playground.pauseNow();
  // A paused race that stands elsewhere than its number says would be a number that does not go on.
  const { length } = (await playground.curves())[PLAIN]?.step ?? [];
  await playground.expectStep(length ?? 0);
  await expect(playground.lane(PLAIN)).toContainText(/Training error \d/);
  await playground.shortcut(RESIDUAL, 1).click();
  await expect(playground.lane(RESIDUAL)).toContainText('5 of 6');
  await playground.shortcuts(RESIDUAL).click();
  await expect(playground.lane(RESIDUAL)).toContainText('all 6');

  for (const name of ['Runs', 'Help and about', 'Your images…', 'Add net']) {
    if (name === 'Runs' || name === 'Help and about') await playground.openMore();
    await button(name).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  for (const name of [`Branch, grow or rewind ${RESIDUAL}`, 'More about the curves', /^Save: Training/]) {
    await page.getByRole('button', { name }).first().click();
    if (name === 'More about the curves') continue;
    await expect(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
  }
  await button('Add net').click();
  await page.getByRole('dialog').getByRole('spinbutton', { name: 'Depth' }).fill('21');
  await page.getByRole('dialog').getByRole('spinbutton', { name: 'Depth' }).fill('20');
  await page.getByRole('dialog').getByRole('button', { name: 'Add net' }).click();
  await expect(playground.lane('ResNet-20')).toBeVisible();
  await button('Remove ResNet-20').click();
  await expect(playground.lane('ResNet-20')).toHaveCount(0);

  await button('Slow motion').click();
  const slow = page.getByRole('region', { name: 'Slow motion' });
  await slow.getByRole('button', { name: 'Pause', exact: true }).click();
  await slow.getByRole('slider', { name: 'Moment of the step' }).press('End');
  await expect(slow).toContainText('Update');
  await slow.getByRole('button', { name: 'Close slow motion' }).click();
  await expect(slow).toHaveCount(0);
  await playground.figureMenu.click();
  await playground.figure.getByRole('button', { name: 'Show as table' }).click();
  await playground.figure.getByRole('button', { name: 'Show as chart' }).click();
  await playground.choosePreset('Twins');
  await playground.expectReady();
  await playground.stepBy(1);
});
