import { expect } from '@playwright/test';
import { RESIDUAL, SMALL } from './support/experiments.ts';
import { test } from './support/test.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test('Train is under the thumb, the Lab folded below, and nothing wider than the screen', async ({
  page,
  playground,
}) => {
  const expectToFit = async () => {
    const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(content).toBeLessThanOrEqual(screen ?? 0);
  };
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await expectToFit();
  await expect(playground.train).toBeInViewport({ ratio: 1 });
  const { y = 0 } = (await playground.train.boundingBox()) ?? {};
  expect(y).toBeGreaterThan(844 / 2);

  await playground.train.tap();
  await playground.comesTo(2);
  await playground.pause.tap();
  await expect(playground.train).toBeVisible();
  await expectToFit();

  const lab = page.getByRole('complementary', { name: 'Lab' });
  await expect(lab.getByRole('heading', { name: 'Recipe' })).toBeHidden();
  const [race, below] = await Promise.all([page.getByRole('main').boundingBox(), lab.boundingBox()]);
  expect(below?.y).toBeGreaterThanOrEqual((race?.y ?? 0) + (race?.height ?? 0) - 1);
  await lab.getByText('Lab: data, recipe, nets').tap();
  await expect(lab.getByRole('heading', { name: 'Recipe' })).toBeVisible();
  await expectToFit();
  await expect(playground.train).toBeInViewport({ ratio: 1 });
});

test('a shortcut is cut by a tap', async ({ playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await playground.shortcut(RESIDUAL, 4).tap();
  await expect(playground.shortcut(RESIDUAL, 4)).not.toBeChecked();
});
