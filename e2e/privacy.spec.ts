import { expect } from '@playwright/test';
import { pngOf } from '../src/testing/data/true-formats.ts';
import { RESIDUAL, SMALL } from './support/experiments.ts';
import { measure } from './support/look-inside.ts';
import { address, PlaygroundPage } from './support/playground-page.ts';
import { serveStatically } from './support/static-host.ts';
import { test } from './support/test.ts';
import { startWatchingProxy } from './support/watching-proxy.ts';

test('nothing leaves the page, whatever is opened, until Hugging Face is asked by a click; then it alone is asked', async ({
  browser,
}) => {
  const [proxy, host] = [await startWatchingProxy(), await serveStatically('dist')];
  // The host without headers, so that a service worker takes part.
  const context = await browser.newContext({
    proxy: { server: proxy.url, bypass: 'localhost' },
    serviceWorkers: 'allow',
  });
  const page = await context.newPage();
  const playground = new PlaygroundPage(page);
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  const close = () => page.keyboard.press('Escape');
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  await page.goto(new URL(address({ backend: 'wasm', experiment: SMALL }), host.url).href);
  await page.waitForFunction(() => crossOriginIsolated);
  await playground.expectReady();
  await page.evaluate(() => window.playground.step(2));
  await playground.shortcut(RESIDUAL, 1).click();

  // Look inside, and save what is seen.
  await measure(page, 'Gradients');
  const gradients = page.getByRole('figure', { name: 'Gradient by layer' });
  await gradients.scrollIntoViewIfNeeded();
  await expect(gradients.locator('[class*="_mean_"]').first()).toBeVisible();
  for (const format of ['SVG', 'PNG', 'CSV']) {
    await gradients.getByRole('button', { name: /^Save: / }).click();
    const saving = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: format }).click();
    await saving;
  }
  const file = { name: 'red.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(200, 30, 30, 48)) };
  const predictions = page.getByRole('region', { name: 'Predictions' });
  await predictions.getByLabel('An image for the nets to classify').setInputFiles(file);
  await expect(predictions.getByRole('img', { name: 'red.png' })).toBeVisible();
  const real = page.getByRole('region', { name: 'Real nets', exact: true });
  await page.getByRole('region', { name: 'The paper’s family', exact: true }).scrollIntoViewIfNeeded();
  await real.getByRole('button', { name: 'Drawing of a banana' }).click();

  await button('Slow motion').click();
  await expect(page.getByRole('region', { name: 'Slow motion' })).toBeVisible();
  await playground.openMore();
  await close();
  await button('Lab').click();
  for (const opened of ['Runs', 'Help and about', 'Add net', 'Your images…']) {
    if (opened === 'Runs' || opened === 'Help and about') await playground.openMore();
    await button(opened).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    if (opened !== 'Your images…') await close();
  }
  expect([proxy.asked, refused]).toEqual([[], []]);

  const dialog = page.getByRole('dialog', { name: 'Your own data' });
  await dialog.getByRole('button', { name: 'MNIST', exact: true }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: /./ })).toBeVisible();
  expect([...new Set(proxy.asked)]).toEqual(['datasets-server.huggingface.co:443']);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await real.getByRole('button', { name: 'Download weights' }).click();
  await expect(real.getByRole('alert').filter({ hasText: /./ })).toBeVisible();
  expect([...new Set(proxy.asked)]).toEqual(['datasets-server.huggingface.co:443', 'huggingface.co:443']);
  expect(refused).toEqual([]);
  await context.close();
  host.close();
  proxy.close();
});

test('of a link nothing is executed, and the policy executes no script but the page’s', async ({
  page,
  playground,
  complaints,
}) => {
  const script = '<img src=x onerror="window.executed=1"><script>window.executed=1</script>';
  const lanes = [{ name: script, net: { family: 'plain', depth: 8, width: 2 } }];
  for (const link of [
    address({ preset: script, backend: 'wasm' }),
    address({ backend: 'wasm', experiment: { ...SMALL, lanes } }),
    `./?backend=wasm&preset=javascript:window.executed=1#experiment=${encodeURIComponent('{"__proto__":{"executed":1}}')}`,
  ]) {
    await page.goto('about:blank');
    await page.goto(link);
    await playground.expectReady();
    expect(await page.evaluate(() => Reflect.get(window, 'executed'))).toBe(undefined);
  }
  expect(complaints).toEqual([]);

  const executed = await page.evaluate(async (html) => {
    document.body.insertAdjacentHTML('beforeend', html);
    const inline = document.createElement('script');
    inline.textContent = 'window.executed = 1';
    document.body.append(inline);
    document.body.insertAdjacentHTML('beforeend', '<p id="styled" style="position: fixed">');
    // In a task of its own: what a driver evaluates itself is exempt from the policy.
    const evaluated = await new Promise((resolve) =>
      setTimeout(() => {
        try {
          resolve(Reflect.get(window, 'eval')('1'));
        } catch {
          resolve('refused');
        }
      }),
    );
    const styled = document.getElementById('styled');
    const { position } = getComputedStyle(styled ?? document.body);
    return [Reflect.get(window, 'executed'), evaluated, position];
  }, script);
  expect(executed).toEqual([undefined, 'refused', 'static']);
  const refused = complaints.splice(0);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.filter((complaint) => !complaint.includes('Content Security Policy'))).toEqual([]);
});
