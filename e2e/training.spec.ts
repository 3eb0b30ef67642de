import { expect } from '@playwright/test';
import { cutsWhileItTrains, trainsAndPauses } from './support/race-journeys.ts';
import { test } from './support/test.ts';

test('the default preset trains on WebAssembly', async ({ page, playground }) => {
  await page.goto('./?lesson=off');
  await playground.expectReady();
  for (const lane of ['plain-8', 'plain-32', 'ResNet-32']) await expect(playground.lane(lane)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Does a deeper net learn better?' })).toBeVisible();
  await expect(playground.device).toContainText(/WebAssembly: (\d+ of )?\d+ threads?/);
  await playground.trainLong();
  await trainsAndPauses(playground, ['plain-8', 'plain-32', 'ResNet-32']);
});

test('while it trains the page hears what is asked of it, a Pause before two more reports', async ({
  page,
  playground,
}) => {
  await page.goto('./?lesson=off');
  await playground.expectReady();
  await playground.trainLong();
  await playground.train.click();
  await playground.waitForStep(1);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await playground.waitForStep(2);

  // Counts reports, and begins again at the click.
  await page.evaluate(() => {
    const number = document.querySelector('[role="status"] b');
    if (number === null) throw new Error('no number of the step to observe');
    const { dataset } = document.body;
    const count = () => {
      dataset.told = String(Number(dataset.told) + 1);
    };
    const begin = () => {
      dataset.told = '0';
    };
    begin();
    new MutationObserver(count).observe(number, { characterData: true, subtree: true });
    addEventListener('click', begin, { capture: true, once: true });
  });
  const told = () => page.evaluate(() => Number(document.body.dataset.told));
  await expect.poll(told).toBeGreaterThan(0);
  // One report may be on its way when the button is pressed, and one tells of the rounds that were begun.
  await playground.pauseNow();
  expect(await told()).toBeLessThanOrEqual(2);
});

test('a shortcut of the lesson’s nets is cut while they train', async ({ playground }) => {
  await playground.open({ preset: 'tiny', backend: 'wasm' });
  await playground.trainLong();
  await cutsWhileItTrains(playground, { lane: 'ResNet-32', block: 4, others: ['plain-8', 'plain-32'] });
});
