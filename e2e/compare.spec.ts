import { expect } from '@playwright/test';
import { PLAIN, RESIDUAL, SMALL } from './support/experiments.ts';
import { measure } from './support/look-inside.ts';
import { lossesOf } from './support/playground-page.ts';
import { test } from './support/test.ts';

const FORK = `${RESIDUAL} (2)`;

test('a fork without shortcuts and its parent are compared, in the curves and inside', async ({ page, playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.evaluate(() => window.playground.step(30));
  await page.getByRole('button', { name: `Branch, grow or rewind ${RESIDUAL}`, exact: true }).click();
  await page.getByRole('menuitem', { name: 'Branch from here' }).click();
  await playground.shortcuts(FORK).click();
  await expect(playground.shortcuts(FORK)).not.toBeChecked();
  await page.evaluate(() => window.playground.step(30));

  await expect(playground.figure.locator('[class*="_fork_"]')).toHaveCount(1);
  await expect(playground.figure.locator('[class*="_end_"]')).toHaveCount(3);
  const curves = await playground.curves();
  expect(lossesOf(curves, FORK).slice(0, 30)).toEqual(lossesOf(curves, RESIDUAL).slice(0, 30));
  expect(lossesOf(curves, FORK).slice(30)).not.toEqual(lossesOf(curves, RESIDUAL).slice(30));

  await measure(page, 'Branches');
  const inside = page.getByRole('region', { name: 'Look inside' });
  const nets = inside.getByRole('toolbar', { name: 'Nets to compare' });
  await nets.getByRole('button', { name: PLAIN, exact: true }).click();
  await nets.getByRole('button', { name: FORK, exact: true }).click();
  await expect(nets.getByRole('button', { pressed: true })).toHaveText([RESIDUAL, FORK]);
  const branches = inside.getByRole('figure', { name: /^Size of a branch/ });
  await branches.scrollIntoViewIfNeeded();
  await expect(branches.locator('text[class*="_name_"]', { hasText: FORK })).toBeVisible();
  await branches.getByRole('button', { name: 'Show as table' }).click();
  const strengths = branches
    .getByRole('region', { name: /strength of the shortcut$/ })
    .getByRole('row', { name: /^block 1/ });
  // Both at step 0, and as they are.
  await expect(strengths.getByRole('cell')).toHaveText(['1', '1', '1', '0']);
});
