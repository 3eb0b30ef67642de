import { expect } from '@playwright/test';
import { PLAIN, SMALL } from './support/experiments.ts';
import { destroyDevice, killGpuProcess, refuseAdapters, watchDevices } from './support/gpu-faults.ts';
import { type Curves, lossesOf, type PlaygroundPage } from './support/playground-page.ts';
import { test } from './support/test.ts';

/** Steps between two measurements on test images. */
const TEST_EVERY = 25;

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

/** Expects that all that the curves tell is what it is where nothing was lost, to the last bit. */
async function expectUndisturbed(playground: PlaygroundPage): Promise<void> {
  const curves = await playground.curves();
  expectWhole(curves);
  expect(curves).toEqual(await playground.replay(lossesOf(curves, PLAIN).length));
}

/** Expects that each lane's first losses are nearly what they are where nothing was lost, as on another backend. */
async function expectAlike(playground: PlaygroundPage, digits: number, steps: number): Promise<void> {
  const curves = await playground.curves();
  expectWhole(curves);
  const undisturbed = await playground.replay(steps);
  for (const [lane, { loss }] of Object.entries(curves)) {
    for (const [index, value] of lossesOf(undisturbed, lane).entries()) expect(loss[index]).toBeCloseTo(value, digits);
  }
}

// The journeys of a test share a page: each page more would compile all kernels once more.
const JOURNEYS = {
  'in mid-training': {
    'a device that is destroyed is replaced, and the race goes on by itself': losesInMidTraining,
    'a GPU process that is killed does not end the race': losesTheProcess,
  },
  'in a pause and for good': {
    'a net that no device could hold is refused with the number': refusesWhatIsTooLarge,
    'a device lost in a pause is replaced, and nothing is lost': losesInAPause,
    'where no device comes back the race goes on on WebAssembly': losesForGood,
  },
} as const;

for (const [when, journeys] of Object.entries(JOURNEYS)) {
  test(`a race outlasts a device that is lost ${when}`, async ({ page, playground }) => {
    test.setTimeout(300_000);
    await watchDevices(page);
    await playground.open({ backend: 'webgpu', experiment: SMALL });
    for (const [name, take] of Object.entries(journeys)) {
      await test.step(name, () => take(playground));
      await playground.reset.click();
      await playground.expectReady();
    }
  });
}

async function losesInMidTraining(playground: PlaygroundPage): Promise<void> {
  const { page } = playground;
  await playground.train.click();
  await playground.waitForStep(30);
  const lostAt = await playground.steps();
  await destroyDevice(page);
  const step = await recoveredAt(playground);
  expect(step).toBeGreaterThan(0);
  expect(lostAt - step).toBeLessThanOrEqual(50);
  await expect(playground.alert).toContainText('WebGPU: SwiftShader.');
  // Past the next error on test images, which running statistics show in.
  await playground.waitForStep((1 + Math.floor(step / TEST_EVERY)) * TEST_EVERY);
  await expect(playground.pause).toBeVisible();
  await playground.pauseNow();
  await dismissAlert(playground);
  await expectUndisturbed(playground);
}

async function losesTheProcess(playground: PlaygroundPage): Promise<void> {
  await playground.train.click();
  await playground.waitForStep(12);
  const lostAt = await playground.steps();
  const browser = playground.page.context().browser();
  if (browser === null) throw new Error('the page has no browser');
  await killGpuProcess(browser);
  const step = await recoveredAt(playground);
  expect(lostAt - step).toBeLessThanOrEqual(50);
  await expect(playground.device).toContainText('WebGPU: SwiftShader');
  await playground.waitForStep(step + 10);
  await playground.pauseNow();
  await dismissAlert(playground);
  await expectUndisturbed(playground);
}

async function refusesWhatIsTooLarge(playground: PlaygroundPage): Promise<void> {
  const { page } = playground;
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
  await playground.stepBy(1);
}

async function losesInAPause(playground: PlaygroundPage): Promise<void> {
  const { page } = playground;
  await playground.stepBy(6);
  // The step is shown before its weights are read back.
  await expect(page.getByText('saved at step 6', { exact: true })).toHaveCount(1);

  await destroyDevice(page);
  expect(await recoveredAt(playground)).toBe(6);
  await playground.expectStep(6);
  await dismissAlert(playground);
  await playground.stepBy(2);
  await expectUndisturbed(playground);
}

async function losesForGood(playground: PlaygroundPage): Promise<void> {
  const { page } = playground;
  // The backends round differently, and training enlarges that a thousandfold within ten steps: so few are made and compared.
  await playground.stepBy(2);
  await refuseAdapters(page);
  await playground.train.click();
  await destroyDevice(page);
  await expect(playground.alert).toContainText('WebGPU is no longer used: the browser offers no graphics adapter.');
  const step = await recoveredAt(playground);
  await expect(playground.device).toContainText('WebAssembly');
  await playground.waitForStep(step + 10);
  await playground.pauseNow();
  await expectAlike(playground, 2, step + 5);
}
