import { expect, type Page } from '@playwright/test';
import { SMALL } from './support/experiments.ts';
import { PlaygroundPage, showTab } from './support/playground-page.ts';
import { test } from './support/test.ts';

/** What tabs of the site need the cores for, and how many of them wait for one of the others, by their locks. */
function needs(page: Page): Promise<{ readonly held: readonly string[]; readonly waiting: number }> {
  return page.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    const prefix = 'resnet-playground-needs/';
    return {
      held: held.flatMap(({ name = '' }) => (name.startsWith(prefix) ? [name.split('/')[1] ?? ''] : [])).toSorted(),
      waiting: pending.filter(({ name = '' }) => name.startsWith(prefix)).length,
    };
  });
}

test('of two tabs that train, the hidden one yields and goes on, until the one in front pauses, comes to be hidden or closes', async ({
  page,
  playground,
}) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  const front = new PlaygroundPage(await page.context().newPage());
  await front.open({ backend: 'wasm', experiment: SMALL });
  expect(await needs(page)).toEqual({ held: [], waiting: 0 });

  await playground.train.click();
  await showTab(page, 'hidden');
  await expect.poll(() => needs(page)).toEqual({ held: ['trains-hidden'], waiting: 0 });
  await front.train.click();
  await expect.poll(() => needs(page)).toEqual({ held: ['trains-hidden', 'trains-in-front'], waiting: 1 });
  const steps = await playground.steps();
  await playground.waitForStep(steps + 3);

  // The other one comes to the front.
  await showTab(page, 'visible');
  await showTab(front.page, 'hidden');
  await expect.poll(() => needs(page)).toEqual({ held: ['trains-hidden', 'trains-in-front'], waiting: 1 });
  await playground.pauseNow();
  await expect.poll(() => needs(page)).toEqual({ held: ['trains-hidden'], waiting: 0 });

  await showTab(front.page, 'visible');
  await showTab(page, 'hidden');
  await playground.train.click();
  await expect.poll(() => needs(page)).toEqual({ held: ['trains-hidden', 'trains-in-front'], waiting: 1 });
  await front.page.close();
  await expect.poll(() => needs(page)).toEqual({ held: ['trains-hidden'], waiting: 0 });

  await showTab(page, 'visible');
  await playground.pauseNow();
  const curves = await playground.curves();
  const ran = Math.max(...Object.values(curves).map((curve) => curve.step.length));
  expect(await playground.replay(ran)).toEqual(curves);
});

test('a tab whose page does not come keeps the cores from others for a while only', async ({ page, playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  const stalled = await page.context().newPage();
  await stalled.clock.install();
  await stalled.route(/\/playground-[^/]*\.js$/, () => {});
  await stalled.goto('./', { waitUntil: 'commit' });
  await expect.poll(() => needs(page)).toEqual({ held: ['opens-in-front'], waiting: 0 });
  await stalled.clock.fastForward('00:20');
  await expect.poll(() => needs(page)).toEqual({ held: [], waiting: 0 });
});
