import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { fileAt, type HubFile, listAnswer, partAnswer } from '../src/testing/data/hub-answers.ts';
import { imagesParquet } from '../src/testing/data/parquet-files.ts';
import { pngOf } from '../src/testing/data/true-formats.ts';
import { SMALL } from './support/experiments.ts';
import { address, PlaygroundPage, threadsOf } from './support/playground-page.ts';
import { INSECURE_HOST, type StaticHost, serveStatically } from './support/static-host.ts';

/** It sends no headers of isolation, and knows no MIME types but these: all else is an octet stream. */
let host: StaticHost;
test.use({ serviceWorkers: 'allow' });
test.beforeAll(async () => {
  const types = { '.html': 'text/html', '.js': 'application/javascript', '.css': 'text/css' };
  host = await serveStatically('dist', { types });
});
test.afterAll(() => host.close());

/** The page on a host, with a small race on wasm. */
const small = (url: string) => new URL(address({ backend: 'wasm', experiment: SMALL }), url).href;

/** Every load of the page in this tab. */
function loadsOf(page: Page): string[] {
  const loads: string[] = [];
  page.on('framenavigated', (frame) => loads.push(frame.url()));
  return loads;
}

/** The page trains, with all the threads that an isolated page has. */
async function trainsIsolated(page: Page): Promise<void> {
  const playground = new PlaygroundPage(page);
  await playground.expectReady();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect(playground.device).toContainText(await threadsOf(page));
  await page.evaluate(() => window.playground.step(2));
}

/** The page trains, and the device menu says why it does so with one thread. */
async function trainsAlone(page: Page, why: string): Promise<void> {
  const playground = new PlaygroundPage(page);
  await playground.expectReady();
  await page.evaluate(() => window.playground.step(2));
  await expect(playground.device).toContainText('WebAssembly: 1 thread');
  await playground.openMore();
  await expect(playground.more).toContainText(why);
}

test('the page is isolated where the host sends the headers', async ({ page }) => {
  const loads = loadsOf(page);
  await page.goto('./');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await new PlaygroundPage(page).expectReady();
  expect(loads).toHaveLength(1);
});

test('the page isolates itself in a folder of a host that sends none', async ({ page }) => {
  const loads = loadsOf(page);
  await page.goto(host.url);
  await page.waitForFunction(() => crossOriginIsolated);
  expect(loads).toEqual([host.url, host.url]);
  await expect(new PlaygroundPage(page).device).toContainText(await threadsOf(page));
});

test('on such a host the page is isolated after a reload, a hard reload and in another tab', async ({
  page,
  context,
}) => {
  const url = small(host.url);
  const isolated = (tab: Page) => tab.waitForFunction(() => crossOriginIsolated);
  await page.goto(url);
  await isolated(page);
  await new PlaygroundPage(page).expectReady();

  // An isolated page never reloads itself: what has been loaded when it is isolated is all.
  const loads = loadsOf(page);
  await page.reload();
  await isolated(page);
  expect(loads.splice(0)).toEqual([url]);
  await new PlaygroundPage(page).expectReady();

  // A hard reload passes by the service worker; an ordinary one, by the page itself, has to follow.
  const devtools = await context.newCDPSession(page);
  await devtools.send('Page.reload', { ignoreCache: true });
  await expect.poll(() => loads.length).toBe(2);
  await isolated(page);
  expect(loads).toEqual([url, url]);

  const other = await context.newPage();
  const otherLoads = loadsOf(other);
  await other.goto(url);
  await trainsIsolated(other);
  expect(otherLoads).toEqual([url]);
});

test('on such a host a worker fetches a data set of Hugging Face', async ({ page, context }) => {
  const classes = ['dark', 'light'];
  const images = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ image: pngOf(n, (n % 2) * 200, 255 - n), label: n % 2 }));
  const files: readonly HubFile[] = (['train', 'test'] as const).map((split) => ({
    dataset: 'ylecun/mnist',
    config: 'mnist',
    split,
    bytes: imagesParquet(images(split === 'train' ? 60 : 20), { classes }),
  }));
  await context.route(/^https:\/\/([\w-]+\.)?huggingface\.co\//, async (route) => {
    const url = new URL(route.request().url());
    const file = fileAt(files, url.pathname);
    const answer =
      file === undefined
        ? listAnswer(files, url.searchParams.get('dataset'), 'https://huggingface.co/')
        : partAnswer(file.bytes, route.request().headers().range);
    await route.fulfill({ ...answer, body: Buffer.from(answer.body) });
  });
  await page.goto(small(host.url));
  await page.waitForFunction(() => crossOriginIsolated);
  await trainsIsolated(page);
  await page.getByRole('button', { name: 'Lab', exact: true }).click();
  await page.getByRole('button', { name: 'Your images…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your own data' });
  await dialog.getByRole('button', { name: 'MNIST', exact: true }).click();
  await dialog.getByRole('button', { name: 'Download these images' }).click();
  await dialog.getByRole('button', { name: 'Use these images' }).click();
  await expect(page.getByText('60 images for training, 20 for testing')).toBeVisible();
  await page.evaluate(() => window.playground.step(2));
});

test('without service workers the page starts all the same, and is not reloaded', async ({ browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const loads = loadsOf(page);
  await page.goto(small(host.url));
  await trainsAlone(page, 'this browser refused the service worker that would add them');
  expect(loads).toEqual([small(host.url)]);
  await context.close();
});

test('a page whose service worker does not come starts all the same', async ({ page }) => {
  const stalling = await serveStatically('dist', { stalled: 'service-worker.js' });
  await page.goto(small(stalling.url));
  await trainsAlone(page, 'this browser refused the service worker that would add them');
  stalling.close();
});

test('over http from another machine the page trains, and says that threads take https', async ({ page }) => {
  const url = new URL(small(host.url));
  url.hostname = INSECURE_HOST;
  await page.goto(url.href);
  await trainsAlone(page, 'the page was not served over https');
});

test('in a frame of an article the page trains, and says why it has one thread', async ({ page, baseURL }) => {
  await page.goto(`${host.url}article`);
  await page.evaluate(
    (src) => {
      const frame = Object.assign(document.createElement('iframe'), { src, width: '1300', height: '850' });
      document.body.replaceChildren(frame);
    },
    small(baseURL ?? ''),
  );
  const inside = page.frameLocator('iframe');
  await expect(inside.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  await inside.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(inside.getByRole('status').getByText(/^step 1 of /)).toBeVisible();
  await inside.getByRole('button', { name: 'More', exact: true }).click();
  await expect(inside.getByRole('dialog', { name: 'More' })).toContainText('inside a frame');
});

test('a page that cannot start says why, also in the place of a first frame', async ({ page }) => {
  await page.addInitScript(() => localStorage.removeItem('lab'));
  await page.goto(pathToFileURL('dist/index.html').href);
  await expect(page.getByText('was opened from a file')).toBeVisible();

  await page.route('**/*.js', (route) => route.fulfill({ status: 404 }));
  await page.goto(host.url);
  await expect(page.getByText('a part of the page did not arrive')).toBeVisible();

  await page.addInitScript('delete Array.prototype.toSorted');
  await page.goto(host.url);
  await expect(page.getByText('This browser is older than ResNet Playground needs')).toBeVisible();
});
