import { expect } from '@playwright/test';
import { expectAccessible, expectAccessibleInBothThemes } from './support/accessible.ts';
import { RESIDUAL, SMALL } from './support/experiments.ts';
import { measureAll } from './support/look-inside.ts';
import { test } from './support/test.ts';

/** The page behind an open dialog is hidden, so axe looks at the dialog alone. */
const DIALOG = '[role="dialog"]';

/** A phone lays out the same parts in another way; their colours in the dark are those of a desktop. */
const SCREENS = [
  {
    name: 'a desktop, in light and in dark',
    viewport: { width: 1440, height: 900 },
    check: expectAccessibleInBothThemes,
  },
  { name: 'a phone', viewport: { width: 390, height: 844 }, check: expectAccessible },
];

for (const { name, viewport, check } of SCREENS) {
  test.describe(`axe finds nothing on ${name}:`, () => {
    test.use({ viewport });

    test('the race, the curves as a table, a failure', async ({ page, playground }) => {
      await playground.open({ backend: 'wasm', experiment: SMALL });
      await page.getByRole('button', { name: 'Draw one' }).click();
      await page
        .getByRole('button', { name: /^Draw on / })
        .first()
        .click();
      await expect(page.getByRole('list', { name: 'What the nets say' })).toBeVisible();
      await check(page);
      // Past the first test error and the first predictions.
      await page.evaluate(() => window.playground.step(26));
      await page.evaluate((lane) => window.playground.setShortcut(lane, 4, 0), RESIDUAL);
      await page.evaluate((lane) => window.playground.setShortcut(lane, 5, 0.5), RESIDUAL);
      await page.evaluate(() => window.playground.step());
      await expect(playground.figure.locator('[class*="_mark_"]')).toHaveCount(1);
      await page.evaluate(async () => {
        const wide = { recipe: { batch: 1024 }, lanes: [{ net: { family: 'plain', depth: 56, width: 256 } }] };
        await window.playground.load(wide).catch(() => {});
      });
      await expect(playground.alert).toBeVisible();
      await playground.figureMenu.click();
      await playground.figure.getByRole('button', { name: 'Show as table' }).click();
      await expect(playground.figure.getByRole('table')).toBeVisible();
      await check(page);
    });

    test('a race that has come to its end, and the sections below it', async ({ page, playground }) => {
      await playground.open({ backend: 'wasm', experiment: { ...SMALL, until: 36 } });
      await page.evaluate(() => window.playground.step(36));
      await expect(page.getByRole('button', { name: /^Train [\d,]+ more$/ })).toHaveCount(1);
      await measureAll(page, ['Gradients', 'Lesions', 'Paths']);
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: 90_000 });
      const closed = page.locator('.below [aria-expanded="false"]:not([aria-haspopup])');
      await expect(closed).not.toHaveCount(0);
      await closed.evaluateAll((all) => {
        for (const each of all) if (each instanceof HTMLElement && each.checkVisibility()) each.click();
      });
      await check(page);
    });

    test('dialogs and menus', async ({ page, playground }) => {
      await playground.open({ backend: 'wasm', experiment: SMALL });
      await playground.openMore();
      await page.getByRole('button', { name: 'Help and about' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await check(page, DIALOG);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();

      await playground.openMore();
      await check(page, DIALOG);
      await page.keyboard.press('Escape');
      await expect(playground.more).toBeHidden();

      await page.getByRole('button', { name: /^Experiments/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await check(page, DIALOG);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();

      const add = page.getByRole('button', { name: 'Add net' });
      if (!(await add.isVisible())) await page.getByRole('button', { name: 'Lab', exact: true }).click();
      await add.click();
      await page.getByRole('spinbutton', { name: 'Depth' }).fill('9');
      await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
      await check(page, DIALOG);
    });
  });
}
