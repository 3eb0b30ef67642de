import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { SMALL } from './support/experiments.ts';
import { address, PlaygroundPage } from './support/playground-page.ts';
import { type StaticHost, serveStatically } from './support/static-host.ts';

test.use({ serviceWorkers: 'allow' });

/** A copy of the build that a test may change, on a host without headers. */
let folder: string;
let host: StaticHost;
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'build-'));
  cpSync('dist', folder, { recursive: true });
  host = await serveStatically(folder);
});
test.afterEach(() => {
  host.close();
  rmSync(folder, { recursive: true });
});

const small = () => new URL(address({ backend: 'wasm', experiment: SMALL }), host.url).href;

/** The whole build is in the browser's cache: all files but the service worker and, for hosts, the headers and `404.html`. */
async function expectKept(page: Page): Promise<void> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
  const kept = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const keys = await Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys())));
      return keys.flat().length;
    });
  await expect.poll(kept).toBe(files - 3);
}

test('after one visit the page opens and trains without a network, isolated, with the data that it embeds', async ({
  page,
}) => {
  await page.goto(small());
  await page.waitForFunction(() => crossOriginIsolated);
  await new PlaygroundPage(page).expectReady();
  await expectKept(page);

  host.close();
  await page.reload();
  const playground = new PlaygroundPage(page);
  await playground.expectReady();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.evaluate(() => window.playground.step(2));

  // Another address of the page, which was not visited before, and a part that loads late.
  await page.goto(new URL('?preset=tiny&backend=wasm', host.url).href);
  await playground.expectReady();
  await page.evaluate(() => window.playground.step(1));
});

test('a second visit opens from the cache: the host is asked for nothing but the service worker', async ({ page }) => {
  await page.goto(small());
  await page.waitForFunction(() => crossOriginIsolated);
  await new PlaygroundPage(page).expectReady();
  await expectKept(page);
  const before = host.answered.length;
  await page.goto(small());
  await page.reload();
  await new PlaygroundPage(page).expectReady();
  // The browser asks for the service worker again when it sees fit.
  expect(host.answered.slice(before).filter((line) => !line.endsWith(' service-worker.js'))).toEqual([]);
});

test('a newer build is offered and never mixed with the older', async ({ page }) => {
  await page.goto(small());
  await page.waitForFunction(() => crossOriginIsolated);
  const playground = new PlaygroundPage(page);
  await playground.expectReady();
  await expectKept(page);

  const build = () => page.locator('meta[name="build"]').getAttribute('content');
  const first = await build();
  deployAnother();
  await page.reload();
  await playground.expectReady();
  expect(await build()).toBe(first);

  const notice = page.getByRole('region', { name: 'A newer version of the page' });
  await expect(notice).toBeVisible();
  await page.reload();
  await expect(notice).toBeVisible();
  expect(await build()).toBe(first);
  await notice.getByRole('button', { name: 'Reload' }).click();
  await expect.poll(build).toBe('another');
  await playground.expectReady();
  await expect(notice).toBeHidden();
});

test('a page that came from the network as a newer build is not offered that build, and keeps it', async ({ page }) => {
  await page.goto(small());
  await page.waitForFunction(() => crossOriginIsolated);
  const playground = new PlaygroundPage(page);
  await playground.expectReady();
  await expectKept(page);
  // As after a visit that was too short for the whole build.
  await page.evaluate(async () => {
    const [name = ''] = await caches.keys();
    const cache = await caches.open(name);
    await cache.delete('index.html');
  });
  deployAnother();
  const offered = page.getByRole('region', { name: 'A newer version of the page' });
  await page.reload();
  await playground.expectReady();
  expect(await page.locator('meta[name="build"]').getAttribute('content')).toBe('another');
  // The service worker of that build fetches the whole of it before it takes over.
  await expect.poll(() => page.evaluate(() => caches.keys()), { timeout: 90_000 }).toEqual(['build another']);
  await expectKept(page);
  await expect(offered).toBeHidden();
});

/** Puts another build on the host, whose page has other bytes. */
function deployAnother(): void {
  const index = join(folder, 'index.html');
  const worker = join(folder, 'service-worker.js');
  change(index, /(<meta name="build" content=")\w+/, '$1another');
  const digest = createHash('sha256').update(readFileSync(index)).digest('hex').slice(0, 16);
  change(worker, /("index\.html":")\w+/, `$1${digest}`);
  change(worker, /("hash":")\w+/, '$1another');
}

function change(path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(path, 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  writeFileSync(path, changed);
}
