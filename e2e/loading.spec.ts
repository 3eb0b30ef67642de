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

/** Holds the scripts of all workers back until it is called. */
async function holdWorkers(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/assets/*', async (route) => {
    if ((await route.request().allHeaders())['sec-fetch-dest'] === 'worker') await released;
    await route.continue();
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
    const release = await holdWorkers(page);
    await page.goto('./?lesson=off');
    await expect(playground.lane('ResNet-32')).toBeVisible();
    await expect(playground.lane('plain-32')).toBeVisible();
    await expect(playground.shortcut('ResNet-32', 15)).toBeVisible();
    await expect(playground.figure).toBeVisible();
    await expect(playground.train).toBeDisabled();
    await expect(page.getByRole('region', { name: 'Look inside' })).toHaveCount(1);
    await expect(page.getByRole('region', { name: 'Predictions' })).toHaveCount(1);

    release();
    await playground.isReady();
    await page.evaluate(() => window.playground.step(1));
    expect(await wrongTexts(page)).toEqual([]);
    expect(await page.evaluate(() => window.seen.shift)).toBeLessThan(0.02);
  });
}
