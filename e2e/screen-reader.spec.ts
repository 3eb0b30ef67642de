import { expect } from '@playwright/test';
import { PLAIN, RESIDUAL, SMALL } from './support/experiments.ts';
import { test } from './support/test.ts';

test('a lane’s numbers have names, and what happens is said in one sentence', async ({ page, playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  const lane = playground.lane(RESIDUAL);
  const said = page.locator('p[role="status"]').first();
  await expect(lane).toMatchAriaSnapshot(`
    - region "${RESIDUAL}":
      - heading "${RESIDUAL}" [level=3]
      - group "Blocks of ${RESIDUAL}"
      - switch "Shortcuts" [checked]
      - text: "6 of 6 shortcuts on Training error: not measured yet Test error: not measured yet"
  `);
  await expect(playground.shortcuts(RESIDUAL)).toHaveAccessibleDescription('6 of 6 shortcuts on');

  await playground.train.click();
  await expect(said).toHaveText('Training started.');
  await playground.waitForStep(26);
  await expect(said).toHaveText('Training started.');
  await playground.pauseNow();
  const numbers = `Training error: ${PLAIN} \\d+\\.\\d% and ${RESIDUAL} \\d+\\.\\d%\\.`;
  await expect(said).toHaveText(new RegExp(`^Paused at step \\d+\\. ${numbers}$`));
  await expect(lane).toMatchAriaSnapshot(`
    - text: /6 of 6 shortcuts on Training error \\d+\\.\\d percent Test error \\d+\\.\\d percent/
  `);

  const step = await playground.steps();
  await playground.shortcut(RESIDUAL, 4).click();
  await expect(said).toHaveText(`${RESIDUAL}: shortcut 4 cut at step ${step}.`);
  await playground.shortcuts(RESIDUAL).click();
  await expect(said).toHaveText(`${RESIDUAL}: shortcut 4 restored at step ${step}.`);
  await playground.shortcuts(RESIDUAL).click();
  await expect(said).toHaveText(`${RESIDUAL}: all shortcuts off at step ${step}.`);
  await expect(lane).toMatchAriaSnapshot(`
    - text: /0 of 6 shortcuts on/
  `);

  const until = page.getByRole('textbox', { name: 'Stop at step' });
  await until.fill(String(step + 2));
  await until.press('Enter');
  await playground.train.click();
  await expect(said).toHaveText(new RegExp(`^Training ended at step ${step + 2}\\. ${numbers}$`));
});

test('the first stops of the keyboard lead past the header and the lab', async ({ page, playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  const address = page.url();
  const places = [
    { link: 'Skip to the nets', place: page.getByRole('region', { name: 'Nets in the race' }) },
    { link: 'Skip to the charts', place: page.getByRole('region', { name: 'Charts' }) },
    { link: 'Skip to the lab', place: playground.lab },
  ];
  for (const [nth, { link, place }] of places.entries()) {
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await page.locator('body').evaluate((body) => {
      body.tabIndex = -1;
      body.focus();
      body.removeAttribute('tabindex');
    });
    for (let tabs = 0; tabs <= nth; tabs++) await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: link });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Enter');
    await expect(skip).not.toBeInViewport();
    await page.keyboard.press('Tab');
    await expect(place.locator(':focus')).toHaveCount(1);
  }
  // The fragment of the address is the experiment.
  expect(page.url()).toBe(address);
});

test('headings go down one level at a time, and everything is in a landmark', async ({ page, playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  const levels = await page
    .getByRole('heading')
    .evaluateAll((headings) => headings.map(({ tagName }) => Number(tagName.slice(1))));
  expect(levels[0]).toBe(1);
  levels.forEach((level, index) => {
    expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
  });
  await expect(page.getByRole('heading', { name: 'Nets in the race' })).toHaveCount(1);
  for (const landmark of ['banner', 'main', 'complementary'] as const) {
    await expect(page.getByRole(landmark)).toHaveCount(1);
  }
  for (const name of ['Skip', 'Parts of the page']) {
    await expect(page.getByRole('navigation', { name })).toHaveCount(1);
  }
});
