import { expect } from '@playwright/test';
import { findTestBrowser } from '../scripts/browser.ts';
import { PLAIN, RESIDUAL, SMALL } from './support/experiments.ts';
import { address, PlaygroundPage } from './support/playground-page.ts';
import { INSECURE_HOST, INSECURE_HOST_FLAG, type StaticHost, serveStatically } from './support/static-host.ts';
import { test } from './support/test.ts';

const executablePath = findTestBrowser();
test.use({
  launchOptions: {
    ...(executablePath !== null && { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking', INSECURE_HOST_FLAG],
  },
});

let host: StaticHost;
test.beforeAll(async () => {
  host = await serveStatically('dist');
});
test.afterAll(() => host.close());

for (const { where, base, reason, threads } of [
  {
    where: 'without an adapter',
    base: async () => './',
    reason: 'the browser offers no graphics adapter',
    threads: /WebAssembly: (\d+ of )?\d+ threads?/,
  },
  {
    where: 'on a host that is not secure, where there is no WebGPU',
    base: async () => host.url.replace('localhost', INSECURE_HOST),
    reason: 'this browser has no WebGPU',
    threads: 'WebAssembly: 1 thread',
  },
]) {
  test.describe(where, () => {
    test('the page trains on WebAssembly, and the menu of devices says why', async ({ page, playground }) => {
      await page.goto(`${await base()}${address({ experiment: SMALL })}`);
      await playground.expectReady();
      await expect(playground.device).toContainText(threads);
      await playground.stepBy(2);
      expect((await playground.curves())[PLAIN]?.step).toEqual([1, 2]);
      await playground.openMore();
      await expect(playground.more).toContainText(`WebGPU: ${reason}.`);
    });

    test('who asks for WebGPU is told why not, and the same experiment is open on another', async ({
      page,
      playground,
    }) => {
      await page.goto(`${await base()}${address({ backend: 'webgpu', experiment: SMALL })}`);
      await expect(playground.alert).toContainText(
        `Backend webgpu: ${reason}; choose another backend, or “Choose for me” (auto)`,
      );
      await playground.expectReady();
      await expect(playground.device).toContainText('WebAssembly');
      expect(await playground.lanes()).toEqual([PLAIN, RESIDUAL]);
      await playground.alert.getByRole('button', { name: 'Dismiss' }).click();
      await expect(playground.alert).toHaveCount(0);
      await playground.stepBy(1);
    });
  });
}

test('where nothing may be copied the link is in the address bar', async ({ page, context }) => {
  const playground = new PlaygroundPage(page);
  await page.goto(`${host.url.replace('localhost', INSECURE_HOST)}${address({ experiment: SMALL })}`);
  await playground.expectReady();
  await playground.stepBy(1);
  await playground.openMore();
  await page.getByRole('button', { name: 'Copy a link to this experiment' }).click();
  await expect(page.getByText('The link is in the address bar now.')).toBeVisible();
  const other = new PlaygroundPage(await context.newPage());
  await other.page.goto(page.url());
  await other.expectReady();
  expect(await other.experiment()).toEqual(await playground.experiment());
});
