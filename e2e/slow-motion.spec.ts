import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { BLOCKS, RESIDUAL, SMALL } from './support/experiments.ts';
import { test } from './support/test.ts';

const panel = (page: Page) => page.getByRole('region', { name: 'Slow motion' });
const control = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true });
const scrubber = (page: Page) => panel(page).getByRole('slider', { name: 'Moment of the step' });
const open = (page: Page) => page.getByRole('button', { name: 'Slow motion', exact: true }).click();
/** Stem, blocks and head, there and back, loss and update. */
const MOMENTS = 2 * (BLOCKS + 2) + 2;

test('the light goes forward, stops at the loss, comes back, and every weight moves', async ({ page, playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await open(page);
  await playground.expectStep(1);
  const lit = playground.lane(RESIDUAL).locator('[data-block][data-lit]');
  await expect(control(page, 'Pause')).toBeVisible();
  await control(page, 'Pause').click();
  await scrubber(page).press('Home');
  await expect(scrubber(page)).toHaveAttribute('aria-valuetext', `1 of ${MOMENTS}, Forward`);
  await expect(lit).toHaveCount(0);
  await control(page, 'Next instruction').click();
  await control(page, 'Next instruction').click();
  await expect(lit).toHaveAttribute('data-block', '2');
  await expect(panel(page).getByRole('status')).toContainText('normalisation + 1 · shortcut, ReLU');

  await control(page, 'Train a step').click();
  await control(page, 'Pause').click();
  await scrubber(page).press('End');
  await expect(lit).toHaveCount(BLOCKS);
  await expect(panel(page).getByText(/^step 2/)).toBeVisible();
  for (let nth = 0; nth <= BLOCKS + 2; nth++) await control(page, 'Previous instruction').click();
  await expect(scrubber(page)).toHaveAttribute('aria-valuetext', `${BLOCKS + 3} of ${MOMENTS}, Loss`);
  await expect(panel(page).getByRole('status')).toContainText(/loss [\d.]+, \d+(\.\d+)?% wrong/);
});

test('it plays to its end by itself, at the speed that is chosen', async ({ page, playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await open(page);
  await panel(page).getByRole('combobox', { name: 'Speed of slow motion' }).selectOption('8 per second');
  await expect(scrubber(page)).toHaveAttribute('aria-valuetext', `${MOMENTS} of ${MOMENTS}, Update`);
  await expect(control(page, 'Play')).toBeVisible();
  await expectAccessible(page, 'section[aria-label="Slow motion"]');
  await playground.reset.click();
  await expect(panel(page)).toBeHidden();
});

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('it waits for keys, and Escape closes it', async ({ page, playground }) => {
    await playground.open({ backend: 'wasm', experiment: SMALL });
    await page.getByRole('button', { name: 'Slow motion', exact: true }).press('Enter');
    await expect(panel(page)).toBeFocused();
    await expect(control(page, 'Play')).toBeVisible();
    await expect(scrubber(page)).toHaveAttribute('aria-valuetext', `1 of ${MOMENTS}, Forward`);
    await scrubber(page).press('ArrowRight');
    await expect(scrubber(page)).toHaveAttribute('aria-valuetext', `2 of ${MOMENTS}, Forward`);
    await page.keyboard.press('Escape');
    await expect(panel(page)).toBeHidden();
    await expect(page.getByRole('button', { name: 'Slow motion', exact: true })).toBeFocused();
  });
});
