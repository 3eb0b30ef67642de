import { expect } from '@playwright/test';
import { BROWSER_FLAGS, findTestBrowser } from '../scripts/browser.ts';
import { PLAIN, RESIDUAL, SMALL, TRAINED_ON } from './support/experiments.ts';
import type { PlaygroundPage } from './support/playground-page.ts';
import { test } from './support/test.ts';

// Shaders are compiled as visitors have them, with all guards of memory.
test.use({ launchOptions: { executablePath: findTestBrowser() ?? '', args: [...BROWSER_FLAGS] } });

/** Trains until the curves have grown twice, pauses, and expects that nothing goes on. */
async function trainsAndPauses(playground: PlaygroundPage, lanes: readonly string[]): Promise<void> {
  const { figure } = playground;
  await expect(figure.getByText('The curves grow here')).toBeVisible();
  await playground.train.click();
  await expect(playground.pause).toBeVisible();
  await playground.comesTo(2);
  await expect(figure.getByText('The curves grow here')).toBeHidden();
  const lines = figure.locator('[class*="_curve_"] [class*="_mean_"]');
  await expect(lines).toHaveCount(lanes.length);
  const [before, steps] = [await lines.first().getAttribute('d'), await playground.steps()];
  await playground.comesTo(steps + 2);
  await expect(lines.first()).not.toHaveAttribute('d', before ?? '');
  for (const lane of lanes) await expect(figure.locator('[class*="_end_"]').getByText(lane)).toBeVisible();

  await playground.pauseNow();
  const [then, curves] = [await playground.steps(), await playground.curves()];
  expect(Object.keys(curves)).toEqual(lanes);
  for (const { step, loss, trainError } of Object.values(curves)) {
    expect(step).toEqual(Array.from({ length: then }, (_, index) => index + 1));
    expect(loss.every((value) => Number.isFinite(value) && value > 0)).toBe(true);
    expect(trainError.every((value) => value >= 0 && value <= 100)).toBe(true);
  }
  // Whatever still trained would be told before the worker answers once more.
  await playground.page.evaluate(() => window.playground.pause());
  expect(await playground.curves()).toEqual(curves);
  await playground.isAt(then);
}

test('the default preset trains on WebAssembly', async ({ page, playground }) => {
  await page.goto('./?lesson=off');
  await playground.isReady();
  for (const lane of ['plain-8', 'plain-32', 'ResNet-32']) await expect(playground.lane(lane)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Does a deeper net learn better?' })).toBeVisible();
  await expect(playground.device).toContainText(/WebAssembly: (\d+ of )?\d+ threads?/);
  await playground.trainLong();
  await trainsAndPauses(playground, ['plain-8', 'plain-32', 'ResNet-32']);
});

for (const { backend, device } of TRAINED_ON) {
  test(`on ${backend} it trains, pauses, steps by button and key, starts over with the same curve, and has another with another seed`, async ({
    page,
    playground,
  }) => {
    await playground.open({ backend, experiment: SMALL });
    await expect(playground.device).toContainText(device);
    await trainsAndPauses(playground, [PLAIN, RESIDUAL]);

    await playground.reset.click();
    await playground.isReady();
    await playground.step.click();
    await playground.isAt(1);
    await page.keyboard.press('s');
    await playground.isAt(2);
    await expect(playground.train).toBeVisible();
    const first = await playground.curves();
    for (const lane of [PLAIN, RESIDUAL]) expect(first[lane]?.step).toEqual([1, 2]);
    expect(await playground.replay(2)).toEqual(first);

    await page.evaluate(() => {
      Math.random = () => 0.5;
    });
    await page.getByRole('button', { name: 'New seed' }).click();
    await playground.isReady();
    expect((await playground.experiment()).recipe.seed).toBe(5000);
    await expect(page.getByRole('textbox', { name: 'Seed', exact: true })).toHaveValue('5000');
    await playground.stepBy(1);
    const other = await playground.curves();
    for (const lane of [PLAIN, RESIDUAL]) expect(other[lane]?.loss[0]).not.toBe(first[lane]?.loss[0]);
  });
}

test('while it trains the page hears what is asked of it, a Pause before two more reports', async ({
  page,
  playground,
}) => {
  await page.goto('./?lesson=off');
  await playground.isReady();
  await playground.trainLong();
  await playground.train.click();
  await playground.comesTo(1);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await playground.comesTo(2);

  // One report may be on its way when the button is pressed, and one tells of the rounds that were begun.
  await page.evaluate(() => {
    const number = document.querySelector('[role="status"] b');
    const begin = () => {
      let told = 0;
      const count = () => {
        told += 1;
        document.body.dataset.told = String(told);
      };
      document.body.dataset.told = '0';
      if (number !== null) new MutationObserver(count).observe(number, { characterData: true, subtree: true });
    };
    addEventListener('click', begin, { capture: true, once: true });
  });
  await playground.pauseNow();
  expect(Number(await page.evaluate(() => document.body.dataset.told))).toBeLessThanOrEqual(2);
});
