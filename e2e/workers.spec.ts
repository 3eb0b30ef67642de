import { expect, type Page, type Worker } from '@playwright/test';
import { SMALL } from './support/experiments.ts';
import { address } from './support/playground-page.ts';
import { test } from './support/test.ts';

const TRAINING_SCRIPT = /\/assets\/main-[^/]*\.js/;

/** The newest worker that trains: the coordinator, or one that trains a shard of the race. */
async function trainingWorker(page: Page, isShard = false): Promise<Worker> {
  for (const worker of page.workers().toReversed()) {
    if (!TRAINING_SCRIPT.test(worker.url())) continue;
    const name = await worker.evaluate(() => self.name).catch(() => null);
    if (name !== null && (name === 'shard') === isShard) return worker;
  }
  throw new Error('no worker trains');
}

test('a training worker that is wounded or ends is replaced; the page says which, and the curve is what it would have been', async ({
  page,
  playground,
}) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.evaluate(() => window.playground.step(30));
  await (await trainingWorker(page)).evaluate(() => {
    setTimeout(() => {
      throw new Error('a screw is loose');
    });
  });
  await expect(playground.alert).toContainText(
    'An error in the training worker. It says: “a screw is loose”. The race continues from step 30 in a new worker; nothing was lost.',
  );
  await expect(playground.train).toBeEnabled();
  await playground.expectStep(30);

  await playground.train.click();
  await playground.waitForStep(40);
  await (await trainingWorker(page)).evaluate(() => self.close());
  await expect(playground.alert).toContainText('The training worker ended.');
  const [, step] = /Training continues from step (\d+) in a new/.exec(await playground.alert.innerText()) ?? [];
  expect(Number(step)).toBeGreaterThanOrEqual(30);
  await playground.waitForStep(Number(step) + 10);
  await expect(playground.pause).toBeVisible();
  await playground.pauseNow();
  const curves = await playground.curves();
  const steps = Math.max(...Object.values(curves).map((curve) => curve.step.length));
  expect(await playground.replay(steps)).toEqual(curves);
  await expect(playground.alert).toHaveCount(0);
});

test('where a worker that trains some of the nets ends, one worker goes on with all of them, and the curve is what it would have been', async ({
  page,
  playground,
}) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.evaluate(() => window.playground.step(30));
  test.skip((await page.evaluate(() => navigator.hardwareConcurrency)) < 2, 'one core has no second worker');
  await playground.train.click();
  await expect
    .poll(() =>
      trainingWorker(page, true).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  await playground.waitForStep(40);
  await (await trainingWorker(page, true)).evaluate(() => self.close());
  await expect(playground.alert).toContainText('The device was lost');
  const [, step] = /continues from step (\d+)/.exec(await playground.alert.innerText()) ?? [];
  await playground.waitForStep(Number(step) + 10);
  await playground.pauseNow();
  const curves = await playground.curves();
  const steps = Math.max(...Object.values(curves).map((curve) => curve.step.length));
  expect(await playground.replay(steps)).toEqual(curves);
});

test('a worker script that does not come is asked for once more under another address', async ({
  page,
  playground,
}) => {
  const asked: string[] = [];
  await page.route(TRAINING_SCRIPT, (route, request) => {
    asked.push(new URL(request.url()).search);
    return asked.length === 1 ? route.fulfill({ status: 404 }) : route.continue();
  });
  await playground.open({ backend: 'wasm', experiment: SMALL });
  expect(asked).toEqual(['', expect.stringMatching(/^\?retry=\d+$/)]);
  await playground.stepBy(1);
});

test('a worker script that never comes is told in a sentence', async ({ page, playground }) => {
  await page.route(TRAINING_SCRIPT, (route) => route.fulfill({ status: 404 }));
  await page.goto(address({ backend: 'wasm', experiment: SMALL }));
  const sentence = 'Training worker: it could not be loaded; check the connection and reload the page.';
  await expect(playground.alert).toContainText(sentence);
  await expect(playground.train).toBeDisabled();
});
