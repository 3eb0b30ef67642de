import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Expects that axe has nothing to complain of, in the whole page or in a part of it. */
export async function expectAccessible(page: Page, part = 'html'): Promise<void> {
  const axe = new AxeBuilder({ page }).include(part);
  // The dark page is the light one in other colours.
  const isDark = await page.evaluate(() => document.documentElement.dataset.theme === 'dark');
  const { violations } = await (isDark ? axe.withRules('color-contrast') : axe).analyze();
  const complaints = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
  );
  expect(complaints).toEqual([]);
}
