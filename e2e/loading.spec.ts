import { expect, type Page } from '@playwright/test';
import { test } from './support/test.ts';

declare global {
  interface Window {
    readonly seen: { shift: number; readonly texts: Set<string> };
  }
}

/** What the page must not say while its preset is on the way. */
const WRONG = ['No nets', 'Your own'];

/** Adds up layout shifts and collects wrong texts from the first frame on. Runs in the page. */
function observe(wrong: readonly string[]): void {
  const seen = { shift: 0, texts: new Set<string>() };
  Object.assign(window, { seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if ('value' in entry && typeof entry.value === 'number') seen.shift += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
  const look = () => {
    const text = document.body?.innerText ?? '';
    for (const each of wrong) if (text.includes(each)) seen.texts.add(each);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function wrongTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => [...window.seen.texts]);
}

/** Holds scripts back until the function is called: all of them, or those of workers alone. */
async function hold(page: Page, what: 'scripts' | 'workers'): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/assets/*.js', async (route) => {
    const isHeld = what === 'scripts' || (await route.request().allHeaders())['sec-fetch-dest'] === 'worker';
    if (isHeld) await released;
    await route.fallback();
  });
  return release;
}

for (const { screen, width, height } of [
  { screen: 'a desktop', width: 1440, height: 900 },
  { screen: 'a phone', width: 390, height: 844 },
]) {
  test(`on ${screen} the preset’s nets, strips and empty charts are there before a worker is, and nothing jumps until the first step`, async ({
    page,
    playground,
  }) => {
    await page.setViewportSize({ width, height });
    await page.addInitScript(observe, WRONG);
    const release = await hold(page, 'workers');
    await page.goto('./?lesson=off');
    await expect(playground.lane('ResNet-32')).toBeVisible();
    await expect(playground.lane('plain-32')).toBeVisible();
    await expect(playground.shortcut('ResNet-32', 15)).toBeVisible();
    await expect(playground.figure).toBeVisible();
    await expect(playground.train).toBeDisabled();
    await expect(page.getByRole('region', { name: 'Look inside' })).toHaveCount(1);
    await expect(page.getByRole('region', { name: 'Predictions' })).toHaveCount(1);

    release();
    await playground.expectReady();
    await page.evaluate(() => window.playground.step(1));
    expect(await wrongTexts(page)).toEqual([]);
    expect(await page.evaluate(() => window.seen.shift)).toBeLessThan(0.02);
  });
}

for (const { visit, locale, width, height, question, train } of [
  {
    visit: 'an English',
    locale: 'en-GB',
    width: 1440,
    height: 900,
    question: 'Does a deeper net learn better?',
    train: 'Train',
  },
  { visit: 'a Chinese', locale: 'zh-CN', width: 1280, height: 720, question: '网络越深，学得越好吗？', train: '训练' },
  {
    visit: 'a Chinese, on a phone,',
    locale: 'zh-CN',
    width: 390,
    height: 844,
    question: '网络越深，学得越好吗？',
    train: '训练',
  },
] as const) {
  test.describe(`${visit} first visit`, () => {
    test.use({ locale, viewport: { width, height } });
    test('sees the question before any script has come, and nothing jumps when the page is there', async ({ page }) => {
      await page.addInitScript(observe, []);
      await page.addInitScript(() => localStorage.removeItem('lab'));
      const releaseWorkers = await hold(page, 'workers');
      const releaseScripts = await hold(page, 'scripts');
      await page.goto('./', { waitUntil: 'commit' });
      const heading = page.getByRole('heading', { name: question, includeHidden: true });
      // In a frame that was rendered: the styles are there.
      await expect(heading).toBeInViewport();
      await expect(page.locator('#first-frame')).toHaveAttribute('inert');
      const place = () => heading.evaluate((element) => element.getBoundingClientRect().toJSON());
      const texts = () => page.locator('header, [data-lesson]').allInnerTexts();
      const before = { place: await place(), texts: await texts() };

      releaseScripts();
      await expect(page.locator('#first-frame')).toHaveCount(0);
      expect({ place: await place(), texts: await texts() }).toEqual(before);
      releaseWorkers();
      await expect(page.getByRole('button', { name: train, exact: true })).toBeEnabled();
      expect(await page.evaluate(() => window.seen.shift)).toBeLessThan(0.02);
    });
  });
}
