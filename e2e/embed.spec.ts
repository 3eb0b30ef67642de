import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { expect, type FrameLocator, type Page } from '@playwright/test';
import { PRESETS } from '../src/core/experiment/presets.ts';
import type { WidgetMessage } from '../src/embed/messages.ts';
import { expectAccessibleInBothThemes } from './support/accessible.ts';
import { LONG } from './support/experiments.ts';
import { type StaticHost, serveStatically } from './support/static-host.ts';
import { test } from './support/test.ts';

const PAGES = fileURLToPath(new URL('embed/', import.meta.url));
const REVEAL = fileURLToPath(new URL('../node_modules/reveal.js/dist/', import.meta.url));
const ISOLATION = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
};

/** What stands behind the # of a link: the race of a preset, which does not end by itself while a test looks on. */
const EXPERIMENT = `${new URLSearchParams({ experiment: JSON.stringify({ ...PRESETS.tiny, until: LONG }) })}`;

const servers: Server[] = [];
test.afterAll(() => {
  for (const server of servers) server.close();
});

/** Pages of another origin that show the widget from the host at `playground`; gives their address. */
async function articles(playground: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const server = createServer(async ({ url = '' }, response) => {
    const name = url.replace(/^\/|\?.*$/g, '');
    const file = await readFile(`${name.startsWith('reveal') ? REVEAL : PAGES}${name}`, 'utf8').catch(() => null);
    response.writeHead(file === null ? 404 : 200, {
      ...headers,
      'Content-Type': TYPES[name.split('.').at(-1) ?? ''] ?? '',
    });
    response.end(file?.replaceAll('PLAYGROUND/', playground).replaceAll('EXPERIMENT', EXPERIMENT));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/`;
}

/** Listens for what the element tells. */
async function hear(page: Page): Promise<() => Promise<readonly WidgetMessage[]>> {
  await page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    const element = document.querySelector('resnet-playground');
    for (const type of ['ready', 'progress', 'resize'])
      element?.addEventListener(type, (event) => heard.push(event instanceof CustomEvent && event.detail));
  });
  return () => page.evaluate(() => Reflect.get(window, 'heard'));
}

/** Trains until the widget has counted some steps. By keys, since Playwright misses what a slide has scaled. */
async function trainsIn(widget: FrameLocator | Page): Promise<void> {
  await widget.getByRole('button', { name: /^(Train|训练)$/ }).press('Enter');
  await hasTrained(widget);
}

async function hasTrained(widget: FrameLocator | Page): Promise<void> {
  await expect(widget.getByText(new RegExp(`\\b[1-9][\\d,]*(?=\\D+${LONG.toLocaleString('en')}\\b)`))).toBeVisible();
  await widget.getByRole('button', { name: /^(Pause|暂停)$/ }).press('Enter');
}

test('in an article nothing is loaded before it is near, nor the engine before it is asked for', async ({
  page,
  baseURL,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${await articles(`${baseURL}`)}article.html`);
  const heard = await hear(page);
  await expect(page.locator('iframe')).toHaveCount(0);
  await page.locator('resnet-playground').scrollIntoViewIfNeeded();
  const widget = page.frameLocator('iframe');
  await expect(widget.getByRole('region', { name: 'ResNet-32' })).toBeVisible();
  await expect(widget.locator('html')).toHaveAttribute('lang', 'zh-CN');
  expect(asked.filter((url) => /\/data\/|main-[^/]*\.js/.test(url))).toEqual([]);
  await expect(page.locator('resnet-playground')).not.toHaveCSS('height', '420px');

  await trainsIn(widget);
  await expect.poll(async () => (await heard()).map(({ type }) => type)).toContain('progress');
  const [first] = await heard();
  expect(first).toEqual({ type: 'ready' });
  const progress = (await heard()).findLast((message) => message.type === 'progress');
  expect(progress).toMatchObject({
    until: LONG,
    nets: [{ name: 'plain-8' }, { name: 'plain-32' }, { name: 'ResNet-32' }],
  });

  await page.evaluate(() => {
    const element = document.querySelector('resnet-playground');
    element?.setAttribute('lang', 'en');
    element?.setAttribute('theme', 'dark');
  });
  await expect(widget.getByRole('button', { name: 'Train', exact: true })).toBeVisible();
  await expect(widget.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('in a slide of an isolated page the widget is isolated, too, does what it was told before, and a shortcut can be cut', async ({
  page,
  baseURL,
}) => {
  await page.goto(`${await articles(`${baseURL}`, ISOLATION)}slides.html`);
  await page.evaluate(async () => {
    await customElements.whenDefined('resnet-playground');
    const element = document.querySelector('resnet-playground');
    const set: unknown = element && Reflect.get(element, 'set');
    if (typeof set === 'function') set.call(element, { theme: 'dark', training: true });
  });
  await page.keyboard.press('ArrowRight');
  const widget = page.frameLocator('iframe');
  await expect(widget.getByRole('region', { name: 'ResNet-32' })).toBeVisible();
  expect(await widget.locator('html').evaluate(() => crossOriginIsolated)).toBe(true);
  await expect(widget.locator('html')).toHaveAttribute('data-theme', 'dark');
  await hasTrained(widget);
  const shortcut = widget
    .getByRole('region', { name: 'ResNet-32' })
    .getByRole('switch', { name: 'Shortcut 3', exact: true });
  await shortcut.press('Enter');
  await expect(shortcut).toHaveAttribute('aria-checked', 'false');
});

test.describe('from a host without headers', () => {
  let host: StaticHost;
  test.beforeAll(async () => {
    host = await serveStatically('dist');
  });
  test.afterAll(() => host.close());

  test('the frame of a Jupyter cell trains with one thread', async ({ page }) => {
    await page.goto(`${await articles(host.url)}notebook.html`);
    const widget = page.frameLocator('iframe');
    await trainsIn(widget);
    expect(await widget.locator('html').evaluate(() => crossOriginIsolated)).toBe(false);
    const link = widget.getByRole('link', { name: 'Open the whole playground' });
    await expect(link).toHaveAttribute('href', `${host.url}?lang=en#${EXPERIMENT}`);
  });
});

test('the widget keeps nothing in the browser; axe finds nothing in it, and a fault in its address is said', async ({
  page,
}) => {
  await page.goto(`./embed.html?backend=wasm#${EXPERIMENT}`);
  await expect(page.getByRole('region', { name: 'ResNet-32' })).toBeVisible();
  await trainsIn(page);
  const kept = await page.evaluate(async () => ({
    // The lab is put there by these tests.
    storage: Object.keys(localStorage).filter((key) => key !== 'lab'),
    databases: (await indexedDB.databases()).length,
  }));
  expect(kept).toEqual({ storage: [], databases: 0 });
  await expectAccessibleInBothThemes(page);
  await page.goto('./embed.html?parts=nets,nonsense');
  await expect(page.getByRole('alert')).toHaveText(/parts: "nonsense" is not one of nets, sentence, curves/);
});
