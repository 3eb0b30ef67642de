import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Expects that axe has nothing to complain of, in the whole page or in a part of it. */
export async function expectAccessible(page: Page, part = 'html'): Promise<void> {
  await expectNothing(new AxeBuilder({ page }).include(part));
}

/** The same in light and in dark, which is the light page in other colours. The page is light before and after. */
export async function expectAccessibleInBothThemes(page: Page, part = 'html'): Promise<void> {
  await expectAccessible(page, part);
  // Colours that are still changing would be read on their way.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expectNothing(new AxeBuilder({ page }).include(part).withRules('color-contrast'));
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
}

async function expectNothing(axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const complaints = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
  );
  expect(complaints).toEqual([]);
}
