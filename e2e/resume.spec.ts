import { expect, type Page } from '@playwright/test';
import { SMALL } from './support/experiments.ts';
import { PlaygroundPage } from './support/playground-page.ts';
import { test } from './support/test.ts';

const saved = (page: Page) => page.getByText(/^saved at step \d+$/);
const resume = (page: Page) => page.getByRole('button', { name: 'Resume', exact: true });

test('a tab that crashes in mid-training loses seconds, and another goes on with its race', async ({ playground }) => {
  const { page } = playground;
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.evaluate(() => window.playground.step(40));
  await expect(saved(page)).toHaveText('saved at step 40');
  // A few steps more are to be lost, and done again, and not as many as a fast machine makes meanwhile.
  await playground.trainSlowly();
  await playground.waitForStep(41);
  const devtools = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // Who crashes does not answer.
  devtools.send('Page.crash').catch(() => {});
  await crashed;

  const next = new PlaygroundPage(await page.context().newPage());
  await next.page.goto('./?backend=wasm');
  await resume(next.page).click();
  await expect.poll(() => next.steps()).toBeGreaterThanOrEqual(40);
  const steps = await next.steps();
  await next.page.evaluate(() => window.playground.step(10));
  const resumed = await next.curves();
  await next.page.evaluate((experiment) => window.playground.load(experiment), SMALL);
  await next.page.evaluate((rounds) => window.playground.step(rounds), steps + 10);
  expect(resumed).toEqual(await next.curves());
});

test('two tabs keep their own, and neither is offered what the other has', async ({ playground }) => {
  const { page } = playground;
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.evaluate(() => window.playground.step(7));
  await expect(saved(page)).toHaveText('saved at step 7');
  const other = new PlaygroundPage(await page.context().newPage());
  await other.open({ backend: 'wasm', experiment: { ...SMALL, recipe: { batch: 8, seed: 5 } } });
  await expect(resume(other.page)).toBeHidden();
  await other.page.evaluate(() => window.playground.step(9));
  await expect(saved(other.page)).toHaveText('saved at step 9');
  await page.evaluate(() => window.playground.step(4));
  await expect(saved(page)).toHaveText('saved at step 11');
  await other.page.close();
  await page.reload();
  // This tab's own name is free again, too: the newest is offered.
  await expect(page.getByText('was saved at step 11')).toBeVisible();
  await resume(page).click();
  await playground.expectStep(11);
  expect((await playground.experiment()).recipe.seed).toBe(1);
});

test('where nothing can be kept that is said, and training goes on', async ({ playground }) => {
  const { page } = playground;
  await page.route(/\/assets\/library-main-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    const full = `IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };`;
    await route.fulfill({ response, body: full + (await response.text()) });
  });
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.evaluate(() => window.playground.step(5));
  await expect(playground.alert).toContainText(
    'Training continues, but it is not saved. Storage: the race cannot be kept (the browser has no more room',
  );
  await page.evaluate(() => window.playground.step(5));
  await playground.expectStep(10);
});
