import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { SMALL } from './support/experiments.ts';
import { test } from './support/test.ts';

test('races are kept, named, drawn behind the live one, compared, saved, added again and deleted', async ({
  playground,
}) => {
  const { page } = playground;
  const kept = page.getByText('saved at step 8');
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.evaluate(() => window.playground.step(8));
  await expect(kept).toBeVisible();
  const faster = { ...SMALL, recipe: { ...SMALL.recipe, learningRate: 0.1 } };
  await page.evaluate((experiment) => window.playground.load(experiment), faster);
  await page.evaluate(() => window.playground.step(8));
  await expect(kept).toBeVisible();

  const openRuns = async () => {
    await playground.openMore();
    await page.getByRole('button', { name: 'Runs', exact: true }).click();
  };
  const dialog = page.getByRole('dialog', { name: 'Runs' });
  const rows = dialog.getByRole('listitem');
  await openRuns();
  await expect(rows).toHaveCount(2);
  const second = 'learning rate 0.03 → 0.1';
  await expect(dialog.getByLabel(`Name of ${second}`)).toBeVisible();
  await dialog.getByLabel('Draw plain-8, ResNet-14 behind').check();
  const table = dialog.getByRole('region', { name: 'How they differ' });
  await expect(table.getByRole('row')).toHaveCount(2);
  await expect(table.getByRole('row', { name: /^learning rate/ }).getByRole('cell')).toHaveText(['0.1', '0.03']);
  await expectAccessible(page, '[role=dialog]');

  await dialog.getByLabel(`Name of ${second}`).fill('too fast');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Name of too fast')).toBeVisible();
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save too fast as JSON' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('too-fast.json');
  const buffer = await readFile(await saved.path());
  // The run of the live race would come back.
  await expect(dialog.getByRole('button', { name: 'too fast is the current race' })).toBeDisabled();

  const files = dialog.getByLabel('A JSON file of this page or of “npm run lab”');
  await files.setInputFiles({ name: 'broken.json', mimeType: 'application/json', buffer: buffer.subarray(0, 99) });
  await expect(dialog.getByRole('alert')).toContainText('Run file: broken.json is not JSON; it may be cut short');
  await files.setInputFiles({ name: 'too-fast.json', mimeType: 'application/json', buffer });
  await expect(rows).toHaveCount(3);
  await dialog.getByRole('button', { name: 'Delete too fast' }).click();
  await expect(rows).toHaveCount(2);
  await files.setInputFiles({ name: 'too-fast.json', mimeType: 'application/json', buffer });
  await expect(rows).toHaveCount(3);
  const numbers = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save selected as CSV' }).click();
  const csv = (await readFile(await (await numbers).path(), 'utf8')).trimEnd().split('\n');
  expect(csv[0]).toBe('run,seed,net,step,training error %,loss,test error %');
  expect(csv).toHaveLength(1 + 3 * 2 * 8);

  // What the terminal writes has several seeds in one file.
  const { device, experiment, lanes } = JSON.parse(buffer.toString());
  const slow = { ...experiment, recipe: { ...experiment.recipe, learningRate: 0.01 } };
  const runs = [1, 2].map((seed) => ({
    seed,
    lanes: lanes.map(({ name, divergedAt, ...curves }: { name: string; divergedAt: null }) => ({
      name,
      divergedAt,
      curves,
    })),
  }));
  const lab = Buffer.from(JSON.stringify({ device, experiment: slow, majority: 70, runs }));
  await files.setInputFiles({ name: 'lab.json', mimeType: 'application/json', buffer: lab });
  await expect(rows).toHaveCount(5);
  await dialog.getByRole('button', { name: 'Close' }).click();
  const behind = page.getByRole('list', { name: 'Runs behind this race' });
  await expect(behind.getByRole('listitem')).toHaveText([
    'A learning rate 0.1 → 0.01, 2 seeds',
    'B too fast',
    'C learning rate 0.1 → 0.03',
  ]);
  await expect(playground.figure.locator('[class*="_curve_"][class*="_past_"]')).toHaveCount(6);
  await expect(playground.figure.locator('[class*="_curve_"][class*="_past_"] [class*="_band_"]')).toHaveCount(2);
  await expectAccessible(page, '[aria-label="Charts"]');
  // They are still there another day.
  await page.reload();
  await openRuns();
  await expect(rows).toHaveCount(5);
});
