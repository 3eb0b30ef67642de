import { expect, test } from '@playwright/test';
import { PlaygroundPage, threadsOf } from './support/playground-page.ts';
import { type StaticHost, serveStatically } from './support/static-host.ts';

let host: StaticHost;
test.beforeAll(async () => {
  host = await serveStatically('dist');
});
test.afterAll(() => host.close());

test('the page is isolated where the host sends the headers', async ({ page }) => {
  await page.goto('./');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBe(null);
});

test('the page isolates itself in a folder of a host that sends none', async ({ page }) => {
  const loads: string[] = [];
  page.on('framenavigated', (frame) => loads.push(frame.url()));
  await page.goto(host.url);
  await page.waitForFunction(() => crossOriginIsolated);
  expect(loads).toEqual([host.url, host.url]);
  await expect(new PlaygroundPage(page).device).toContainText(await threadsOf(page));
});

test('without service workers the page starts all the same, and is not reloaded', async ({ browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const loads: string[] = [];
  page.on('framenavigated', (frame) => loads.push(frame.url()));
  await page.goto(host.url);
  await expect(page.locator('#root')).not.toBeEmpty();
  expect(loads).toEqual([host.url]);
  await expect(new PlaygroundPage(page).device).toContainText('WebAssembly: 1 thread');
  await context.close();
});
