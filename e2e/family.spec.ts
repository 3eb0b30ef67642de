import { expect, type Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from './support/accessible.ts';
import { SMALL } from './support/experiments.ts';
import { misfits } from './support/fits.ts';
import { test } from './support/test.ts';

const family = (page: Page) => page.getByRole('region', { name: 'The paper’s family', exact: true });
const figure = (page: Page, name: string) => family(page).getByRole('region', { name, exact: true });

test.beforeEach(async ({ page, playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await family(page).scrollIntoViewIfNeeded();
  await expect(figure(page, 'Layer by layer')).toBeVisible();
});

test('the nets of figure 3 stand side by side, and a layer tells what it is by pointer and by keyboard', async ({
  page,
}) => {
  const drawing = figure(page, 'Layer by layer');
  const layers = (net: string) => drawing.getByRole('listbox', { name: `Layers of ${net}` }).getByRole('option');
  await expect(layers('VGG-19')).toHaveCount(19);
  await expect(layers('plain-34')).toHaveCount(34);
  await expect(layers('ResNet-34')).toHaveCount(34);
  await expect(drawing.locator('[class*="_skip_"]')).toHaveCount(16);
  await expect(drawing.locator('[class*="_skip_"][class*="_grows_"]')).toHaveCount(3);

  await layers('VGG-19').first().hover();
  const first = 'VGG-19, layer 1: 3×3 conv, 64, 224×224×3 to 224×224×64; 1,792 parameters, 86.7M multiply-adds';
  await expect(drawing.getByText(first)).toBeVisible();

  await drawing.getByRole('listbox', { name: 'Layers of ResNet-34' }).focus();
  await page.keyboard.press('End');
  await expect(drawing.getByText('ResNet-34, layer 34: fc 1000')).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(drawing.getByText('ResNet-34, layer 33: 3×3 conv, 512, 7×7×512 to 7×7×512')).toBeVisible();

  await drawing.getByRole('button', { name: 'ResNet-152' }).click();
  await expect(layers('ResNet-152')).toHaveCount(152);
  const tall = (await layers('ResNet-152').last().boundingBox())?.height ?? 0;
  await drawing.getByRole('slider', { name: 'Zoom' }).press('Home');
  await expect.poll(async () => (await layers('ResNet-152').last().boundingBox())?.height).toBeLessThan(tall / 3);
});

test('the costs are counted as they are chosen, beside what the paper says of its own form', async ({ page }) => {
  const table = figure(page, 'What they cost');
  const row = (net: string) => table.getByRole('row', { name: net });
  await expect(row('ResNet-50')).toContainText('25,557,032');
  await expect(row('ResNet-50')).toContainText('3.86G');
  await expect(row('ResNet-50')).toContainText('3.8G');
  await table.getByRole('radio', { name: 'As in PyTorch' }).click();
  await expect(row('ResNet-50')).toContainText('4.09G');
  await expect(row('AlexNet')).toContainText('61,100,840');
  await table.getByRole('radio', { name: 'Option A' }).click();
  await expect(row('ResNet-34')).toContainText('21,623,848');
  await table.getByRole('radio', { name: '32 pixels' }).click();
  await table.getByRole('radio', { name: 'Width 8' }).click();
  await expect(row('ResNet-34')).not.toContainText('3.6G');
});

test('the paper’s errors stand on its cards, each with its protocol', async ({ page }) => {
  const paper = page.getByRole('region', { name: 'The paper, beside this page' });
  await paper.scrollIntoViewIfNeeded();
  const tenCrops = paper.getByRole('region', { name: 'What they achieved, ten crops' });
  await expect(tenCrops.getByText('tables 2 and 3')).toBeVisible();
  await expect(tenCrops.getByRole('img', { name: /plain-34 28\.54%.*ResNet-152 21\.43%/ })).toBeVisible();
  const single = paper.getByRole('region', { name: 'What they achieved, single models' });
  await expect(single.getByRole('img', { name: /ResNet-152 19\.38%/ })).toBeVisible();
  await single.getByRole('radio', { name: 'Top-5' }).click();
  await expect(single.getByRole('img', { name: /ResNet-152 4\.49%/ })).toBeVisible();
  const ensembles = paper.getByRole('article', { name: 'Table 5: ensembles' });
  await expect(ensembles.getByRole('row', { name: 'ResNet' })).toContainText('3.57');
});

test('the small ones race, VGG-19 without any place for a shortcut', async ({ page, playground }) => {
  await family(page).getByRole('button', { name: 'Race three of them, at small scale' }).click();
  const lane = page.getByRole('region', { name: 'VGG-19 BN', exact: true });
  await expect(lane).toBeVisible();
  await expect(lane.getByRole('switch')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'ResNet-34 A', exact: true }).getByRole('switch')).toHaveCount(17);
  await expect(page.getByRole('region', { name: 'plain-34', exact: true })).toBeVisible();
  await playground.step.click();
  await expect.poll(() => playground.steps(), { timeout: 90_000 }).toBe(1);
});

test('a net of another design joins the race', async ({ page, playground }) => {
  await page.getByRole('button', { name: 'Add net' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Design' }).selectOption('GoogLeNet');
  await expect(dialog.getByText(/^GoogLeNet: /)).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Design' }).selectOption('For ImageNet: four stages');
  await dialog.getByRole('radio', { name: '18' }).click();
  await dialog.getByRole('button', { name: 'Add net' }).click();
  const lane = page.getByRole('region', { name: 'ResNet-18 A', exact: true });
  await expect(lane.getByRole('switch')).toHaveCount(9);
  await playground.step.click();
  await expect.poll(() => playground.steps()).toBe(1);
});

test('axe finds nothing in it, in light and in dark', async ({ page }) => {
  await expectAccessibleInBothThemes(page);
});

test('on a phone nothing of it is wider than the screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const paper = page.getByRole('region', { name: 'The paper, beside this page' });
  await paper.scrollIntoViewIfNeeded();
  const cards = ['What they achieved, ten crops', 'Two blocks, one price', 'Where the dimension grows'].map((name) =>
    paper.getByRole('region', { name, exact: true }),
  );
  for (const part of [figure(page, 'Layer by layer'), figure(page, 'What they cost'), ...cards]) {
    await expect(part).toBeVisible();
  }
  expect(await misfits(page)).toEqual([]);
});
