import { expect } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { RESIDUAL, SMALL } from './support/experiments.ts';
import { PlaygroundPage } from './support/playground-page.ts';
import { test } from './support/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

// What happens here is the race's: which backend computes makes no difference but the time.
const backend = 'wasm';

test(`a copied link opens the same race, surgery included, on ${backend}`, async ({ page, playground, context }) => {
  await playground.open({ backend, experiment: SMALL });
  await playground.stepBy(1);
  const cut = playground.shortcut(RESIDUAL, 3);
  await cut.click();
  await expect(cut).not.toBeChecked();
  await playground.stepBy(1);
  const [experiment, curves] = [await playground.experiment(), await playground.curves()];
  expect(experiment.surgery).toEqual([{ step: 1, lane: RESIDUAL, block: 3, gain: 0 }]);

  await playground.openMore();
  await page.getByRole('button', { name: 'Copy a link to this experiment' }).click();
  await expect(page.getByText('Link copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(page.url());

  const other = new PlaygroundPage(await context.newPage());
  await other.page.goto(link);
  await other.expectReady();
  expect(await other.experiment()).toEqual(experiment);
  await expect(other.shortcut(RESIDUAL, 3)).toBeChecked();
  await other.stepBy(1);
  await expect(other.shortcut(RESIDUAL, 3)).not.toBeChecked();
  await other.stepBy(1);
  await expect(other.figure.getByText(`${RESIDUAL}: shortcut 3 cut`)).toBeVisible();
  expect(await other.curves()).toEqual(curves);

  // The address holds no experiment that the page does not show any more.
  await page.keyboard.press('Escape');
  await playground.choosePreset('Tiny');
  await expect(page).toHaveURL(/\?backend=wasm&preset=tiny$/);
});

test('the address follows the page, and Back and Forward go through experiments', async ({ page, playground }) => {
  await playground.open({ preset: 'tiny', backend });
  const [tiny, address] = [await playground.experiment(), page.url()];
  await playground.choosePreset('Twins');
  await expect(page).toHaveURL(/preset=twins/);
  await page.evaluate(() => window.playground.setShortcut('ResNet-20', 3, 0));
  await expect(page).toHaveURL(/#v=2&x=[\w-]+$/);
  expect(page.url().length).toBeLessThan(300);
  const cut = await playground.experiment();
  await page.goBack();
  await expect.poll(() => playground.experiment()).toEqual(tiny);
  expect(page.url()).toBe(address);
  await page.goForward();
  await expect.poll(() => playground.experiment()).toEqual(cut);
});

test('a preset, a backend and the parts that are shown may be asked for by name', async ({ page, playground }) => {
  await playground.open({ preset: 'tiny', backend: 'cpu' });
  expect((await playground.experiment()).data).toMatchObject({ size: 8 });
  await expect(playground.device).toContainText('JavaScript');

  // For a class: what is not ticked is in the address, and left out where that address is opened.
  const { lab, more } = playground;
  await expect(lab).toBeVisible();
  await playground.openMore();
  for (const part of ['Lab: data, recipe, nets', 'The paper’s family']) {
    await more.getByRole('checkbox', { name: part }).uncheck();
  }
  await expectAccessible(page, '[role="dialog"]');
  await expect(lab).toBeHidden();
  expect(new URL(page.url()).searchParams.get('hide')).toBe('lab,family');
  await page.reload();
  await playground.expectReady();
  await expect(page.getByRole('heading', { name: 'Predictions' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'The paper’s family' })).toBeHidden();
  await expect(lab).toBeHidden();
});

test('what is hidden on the page is in its address after Back, too', async ({ page, playground }) => {
  await playground.open({ preset: 'tiny', backend });
  await playground.choosePreset('Twins');
  await expect(page).toHaveURL(/preset=twins/);
  await playground.openMore();
  await playground.more.getByRole('checkbox', { name: 'The paper’s family' }).uncheck();
  await page.keyboard.press('Escape');
  await page.goBack();
  await expect(page).toHaveURL(/preset=tiny.*hide=family/);
  await expect(page.getByRole('heading', { name: 'The paper’s family' })).toBeHidden();
});
