import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { PLAIN, RESIDUAL, SMALL } from './support/experiments.ts';
import { test } from './support/test.ts';

const STEPS = 60;
const WINDOW = 30;

test('an experiment is repeated over seeds, also across a reload, and shown as mean and spread', async ({
  playground,
}) => {
  const { page, figure } = playground;
  const experiment = { ...SMALL, until: STEPS };
  await playground.open({ backend: 'wasm', experiment });
  await page.evaluate((rounds) => window.playground.step(rounds), STEPS);
  // So slow that the second seed is not done before it is paused.
  await page.getByRole('slider', { name: 'Speed' }).press('Home');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByText('seed 2 of 3')).toBeVisible();
  await expect.poll(async () => (await playground.experiment()).recipe.seed).toBe(2);
  await playground.waitForStep(1);
  await playground.pauseNow();
  const stood = await playground.steps();
  await expect(page.getByText(/^saved at step \d+$/)).toHaveText(`saved at step ${stood}`);
  await page.reload();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await playground.expectStep(stood);
  await expect(page.getByText('seed 2 of 3')).toBeVisible();
  await playground.train.click();
  const choice = figure.getByRole('radiogroup', { name: 'Seeds in the figures' });
  await expect(choice.getByRole('radio', { checked: true })).toHaveText('3 seeds', { timeout: 60_000 });
  await expect(page.getByText(/^seed \d of 3$/)).toBeHidden();
  expect((await playground.experiment()).recipe.seed).toBe(3);
  await expect(figure.locator('[class*="_band_"]')).toHaveCount(2);
  await expectAccessible(page, '[aria-label="Charts"]');

  await playground.figureMenu.click();
  await figure.getByRole('button', { name: /^Save: / }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Data as CSV' }).click();
  const lines = (await readFile(await (await saving).path(), 'utf8')).trimEnd().split('\n');
  expect(lines[0]).toMatch(/^run,net,seeds,step,steps in the mean,training error %,"training error, lowest %"/);

  const seeds: number[][] = [];
  for (const seed of [1, 2, 3]) {
    const one = { ...experiment, recipe: { ...SMALL.recipe, seed } };
    await page.evaluate((each) => window.playground.load(each), one);
    await page.evaluate((rounds) => window.playground.step(rounds), STEPS);
    const curves = await playground.curves();
    const mean = (errors: readonly number[] = []) =>
      errors.slice(-WINDOW).reduce((sum, each) => sum + each / WINDOW, 0);
    seeds.push([PLAIN, RESIDUAL].map((lane) => mean(curves[lane]?.trainError)));
  }
  for (const [index, lane] of [PLAIN, RESIDUAL].entries()) {
    const row = lines.find((line) => line.startsWith(`this race,${lane},3,${STEPS},${WINDOW},`))?.split(',') ?? [];
    const own = seeds.map((each) => each[index] ?? Number.NaN);
    const expected = [own.reduce((sum, each) => sum + each / 3, 0), Math.min(...own), Math.max(...own)];
    for (const [at, value] of expected.entries()) expect(Number(row[5 + at])).toBeCloseTo(value, 3);
  }
});
