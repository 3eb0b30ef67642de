import { expect } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { SMALL } from './support/experiments.ts';
import { misfits } from './support/fits.ts';
import { englishWords } from './support/foreign-words.ts';
import { test } from './support/test.ts';

const url = (hash = '') => `./?lang=zh&backend=wasm${hash}`;
const small = `#${new URLSearchParams({ experiment: JSON.stringify(SMALL) })}`;

test('the Chinese page says nothing in English: nets, curves, sections, dialogs', async ({ page }) => {
  await page.goto(url(small));
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.getByRole('button', { name: '训练', exact: true })).toBeEnabled();
  await page.evaluate(() => window.playground.step(26));
  expect(await englishWords(page)).toEqual([]);
  await expectAccessible(page);
});

test('nothing of it is wider than a window of 320 to 1,600 pixels', async ({ page }) => {
  await page.goto(url(small));
  await expect(page.getByRole('button', { name: '训练', exact: true })).toBeEnabled();
  for (const width of [320, 390, 640, 768, 1024, 1280, 1600]) {
    await page.setViewportSize({ width, height: 800 });
    expect({ width, misfits: await misfits(page) }).toEqual({ width, misfits: [] });
  }
});
