import { expect } from '@playwright/test';
import { PLAIN, SMALL } from './support/experiments.ts';
import { destroyDevice, killGpuProcess, refuseAdapters, watchDevices } from './support/gpu-faults.ts';
import { type Curves, lossesOf, type PlaygroundPage } from './support/playground-page.ts';
import { test } from './support/test.ts';

// A software adapter makes some fifty steps here, and compiles its kernels twice.
test.describe.configure({ timeout: 300_000 });

test.beforeEach(({ page }) => watchDevices(page));

/** How far the page says that it went back. */
async function recoveredAt(playground: PlaygroundPage): Promise<number> {
  await expect(playground.alert).toContainText('The device was lost.');
  const [, step] = /continues from step (\d+), on/.exec(await playground.alert.innerText()) ?? [];
  return Number(step);
}

async function dismissAlert({ alert }: PlaygroundPage): Promise<void> {
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alert).toHaveCount(0);
}

/** Expects every step once in each lane's curve. */
function expectWhole(curves: Curves): void {
  for (const { step } of Object.values(curves)) {
    expect(step.length).toBeGreaterThan(0);
    expect(step).toEqual(step.map((_, index) => index + 1));
  }
}

/** Expects that each lane's curve, or its first `steps`, is what it is where nothing was lost. */
async function expectUndisturbed(playground: PlaygroundPage, digits: number, steps?: number): Promise<void> {
  const curves = await playground.curves();
  expectWhole(curves);
  const undisturbed = await playground.replay(steps ?? lossesOf(curves, PLAIN).length);
  for (const [lane, { loss }] of Object.entries(curves)) {
    for (const [index, value] of lossesOf(undisturbed, lane).entries()) expect(loss[index]).toBeCloseTo(value, digits);
  }
}

test('a device that is destroyed in mid-training is replaced, and the race goes on by itself', async ({
  page,
  playground,
}) => {
  await playground.open({ backend: 'webgpu', experiment: SMALL });
  await playground.train.click();
  await playground.comesTo(30);
  const lostAt = await playground.steps();
  await destroyDevice(page);
  const step = await recoveredAt(playground);
  expect(step).toBeGreaterThan(0);
  expect(lostAt - step).toBeLessThanOrEqual(50);
  await expect(playground.alert).toContainText('WebGPU: SwiftShader.');
  await playground.comesTo(step + 10);
  await expect(playground.pause).toBeVisible();
  await playground.pauseNow();
  await dismissAlert(playground);
  await expectUndisturbed(playground, 3);
});

test('a GPU process that is killed in mid-training does not end the race', async ({ browser, playground }) => {
  await playground.open({ backend: 'webgpu', experiment: SMALL });
  await playground.train.click();
  await playground.comesTo(12);
  const lostAt = await playground.steps();
  await killGpuProcess(browser);
  const step = await recoveredAt(playground);
  expect(lostAt - step).toBeLessThanOrEqual(50);
  await expect(playground.device).toContainText('WebGPU: SwiftShader');
  await playground.comesTo(step + 10);
  await playground.pauseNow();
  expectWhole(await playground.curves());
});

test('a net that no device could hold is refused with the number; a device lost in a pause is replaced and nothing lost; where none comes back the race goes on on WebAssembly', async ({
  page,
  playground,
}) => {
  await playground.open({ backend: 'webgpu', experiment: SMALL });
  await playground.stepBy(1);
  const wide = {
    data: { source: 'emoji', size: 32, version: 2 },
    recipe: { batch: 1024 },
    lanes: [{ net: { family: 'plain', depth: 8, width: 256 } }],
  };
  const refused = page.evaluate((asked) => window.playground.load(asked), wide);
  await expect(refused).rejects.toThrow(
    /MemoryError: net plain-8: .* takes [\d,]+ MB, and webgpu here .* [\d,]+ MB; choose/,
  );
  await expect(playground.alert).toContainText(/takes [\d,]+ MB, and webgpu here/);
  await dismissAlert(playground);
  await playground.stepBy(5);
  // The step is shown before its weights are read back.
  await expect(page.getByText('saved at step 6', { exact: true })).toHaveCount(1);

  await destroyDevice(page);
  expect(await recoveredAt(playground)).toBe(6);
  await playground.isAt(6);
  await dismissAlert(playground);
  await playground.stepBy(2);
  await expectUndisturbed(playground, 3);

  await playground.reset.click();
  await playground.isReady();
  await playground.train.click();
  await playground.comesTo(5);
  await refuseAdapters(page);
  await destroyDevice(page);
  await expect(playground.alert).toContainText('WebGPU is no longer used: the browser offers no graphics adapter.');
  const step = await recoveredAt(playground);
  await expect(playground.device).toContainText('WebAssembly');
  await playground.comesTo(step + 10);
  await playground.pauseNow();
  // The backends round differently, and training enlarges that: how far it went on is chance.
  await expectUndisturbed(playground, 2, step + 5);
});
