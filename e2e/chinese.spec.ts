import { expect, type Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from './support/accessible.ts';
import { SMALL } from './support/experiments.ts';
import { misfits } from './support/fits.ts';
import { englishWords } from './support/foreign-words.ts';
import { SHORT_NAMES, waitUntilMeasured } from './support/look-inside.ts';
import { test } from './support/test.ts';

const url = (hash = '') => `./?lang=zh&backend=wasm${hash}`;
const small = `#${new URLSearchParams({ experiment: JSON.stringify(SMALL) })}`;

test('the Chinese page says nothing in English: nets, curves, sections, dialogs', async ({ page }) => {
  await page.goto(url(small));
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('meta[name="description"]')).toHaveAttribute('content', /快捷连接/);
  await expect(page.getByRole('button', { name: '训练', exact: true })).toBeEnabled();
  await page.evaluate(() => window.playground.step(26));
  expect(await englishWords(page)).toEqual([]);
  await expectAccessibleInBothThemes(page);
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

test('its drawer, menus and dialogs say nothing in English', async ({ page }) => {
  await page.goto(url(small));
  await expect(button(page, /^训练$/)).toBeEnabled();
  await expect(page.getByRole('complementary')).toBeVisible();
  expect(await englishWords(page)).toEqual([]);
  for (const opener of [/^添加网络$/, /^实验/, /^更多$/]) {
    await button(page, opener).first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await englishWords(page, '[role="dialog"]')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await englishWords(page, '[role="dialog"]')).toEqual([]);
});

test('its figures of Look inside say nothing in English', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto(url(small));
  await expect(button(page, /^训练$/)).toBeEnabled();
  await page.evaluate(() => window.playground.step(3));
  await button(page, /^还有 6/).click();
  const measures = button(page, /^测量/);
  while ((await measures.count()) > 0) await measures.first().click();
  const figures = page.locator('#inside').getByRole('figure');
  await expect(figures).toHaveCount(SHORT_NAMES.length);
  for (const figure of await figures.all()) await waitUntilMeasured(figure, '显示为表格');
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: 90_000 });
  expect(await englishWords(page, 'main')).toEqual([]);
});

test('an error of a worker is said in Chinese', async ({ page }) => {
  await page.goto(url(small));
  await expect(button(page, /^训练$/)).toBeEnabled();
  await page.evaluate(async () => {
    const wide = { recipe: { batch: 1024 }, lanes: [{ net: { family: 'plain', depth: 56, width: 256 } }] };
    await window.playground.load(wide).catch(() => {});
  });
  await expect(page.getByRole('alert').filter({ hasText: '网络 plain-56' })).toBeVisible();
  expect(await englishWords(page, '[role="alert"]')).toEqual([]);
});

test('nothing of it is wider than a window of 320 to 1,600 pixels', async ({ page }) => {
  await page.goto(url(small));
  await expect(page.getByRole('button', { name: '训练', exact: true })).toBeEnabled();
  for (const width of [320, 390, 640, 768, 1024, 1280, 1600]) {
    await page.setViewportSize({ width, height: 800 });
    expect({ width, misfits: await misfits(page) }).toEqual({ width, misfits: [] });
  }
});
