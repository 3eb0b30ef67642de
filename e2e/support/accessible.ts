import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Expects that axe has nothing to complain of, in the whole page or in a part of it. */
export async function expectAccessible(page: Page, part = 'html'): Promise<void> {
  await expectNothing(page, part);
}

/** The same in light and in dark, which is the light page in other colours. The page is light before and after. */
export async function expectAccessibleInBothThemes(page: Page, part = 'html'): Promise<void> {
  await expectAccessible(page, part);
  // Colours that are still changing would be read on their way.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expectNothing(page, part, 'color-contrast');
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
}

/**
 * Axe describes complaints alone, not also the thousands of elements that are as they should be, and reads no style sheet,
 * which only an experimental rule of it would ask for. It runs in the page itself, which has no frames of other origins.
 * So it takes a fifth of the time and finds the same.
 */
async function expectNothing(page: Page, part: string, rule?: string): Promise<void> {
  const axe = new AxeBuilder({ page }).include(part).setLegacyMode();
  axe.options({ resultTypes: ['violations'], preload: { assets: ['media'] } });
  if (rule !== undefined) axe.withRules(rule);
  const { violations } = await axe.analyze();
  const complaints = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
  );
  expect(complaints).toEqual([]);
}
