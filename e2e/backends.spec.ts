import { expect } from '@playwright/test';
import { BROWSER_FLAGS, findTestBrowser } from '../scripts/browser.ts';
import { expectAccessible } from './support/accessible.ts';
import { BLOCKS, PLAIN, RESIDUAL, SMALL } from './support/experiments.ts';
import { lossesOf, type PlaygroundPage } from './support/playground-page.ts';
import { cutsWhileItTrains, trainsAndPauses } from './support/race-journeys.ts';
import { test } from './support/test.ts';

/** The backends that people train on, WebGPU as SwiftShader computes it. */
const TRAINED_ON = [
  { backend: 'webgpu', device: 'WebGPU: SwiftShader' },
  { backend: 'wasm', device: /WebAssembly: (\d of )?\d threads?/ },
] as const;

// Shaders are compiled as visitors have them, with all guards of memory, once for all of a page's journeys.
test.use({ launchOptions: { executablePath: findTestBrowser() ?? '', args: [...BROWSER_FLAGS] } });
test.describe.configure({ timeout: 600_000 });

const JOURNEYS = {
  'it trains, pauses, steps by button and key, starts over with the same curve, and has another with another seed':
    startsOver,
  'a shortcut that is cut while it trains changes its own net alone': cutsOne,
  'all shortcuts off and on again change nothing, off for a step they do': cutsAll,
  'a round in slow motion is to the last bit the round that it would have been': slowsDown,
  'nets are looked into while they train, and train as they do without': looksInside,
  'a net that diverges says when and where, the others go on, and it can be rewound': diverges,
  'a race goes on after a reload as if nothing had been, cuts included': resumes,
} as const;

for (const { backend, device } of TRAINED_ON) {
  test(`on ${backend} a race is trained, cut, slowed down, looked into, rewound and resumed`, async ({
    playground,
  }) => {
    await playground.open({ backend, experiment: SMALL });
    await expect(playground.device).toContainText(device);
    for (const [name, take] of Object.entries(JOURNEYS)) {
      await test.step(name, () => take(playground));
      await load(playground, SMALL);
    }
  });
}

async function load(playground: PlaygroundPage, experiment: object): Promise<void> {
  await playground.page.evaluate((next) => window.playground.load(next), experiment);
  await playground.expectReady();
}

async function startsOver(playground: PlaygroundPage): Promise<void> {
  const { page } = playground;
  await trainsAndPauses(playground, [PLAIN, RESIDUAL]);
  await playground.reset.click();
  await playground.expectReady();
  await playground.step.click();
  await playground.expectStep(1);
  await page.keyboard.press('s');
  await playground.expectStep(2);
  await expect(playground.train).toBeVisible();
  const first = await playground.curves();
  for (const lane of [PLAIN, RESIDUAL]) expect(first[lane]?.step).toEqual([1, 2]);
  expect(await playground.replay(2)).toEqual(first);

  await page.evaluate(() => {
    const { random } = Math;
    Math.random = () => {
      Math.random = random;
      return 0.5;
    };
  });
  await page.getByRole('button', { name: 'New seed' }).click();
  await playground.expectReady();
  expect((await playground.experiment()).recipe.seed).toBe(5000);
  await expect(page.getByRole('textbox', { name: 'Seed', exact: true })).toHaveValue('5000');
  await playground.stepBy(1);
  const other = await playground.curves();
  for (const lane of [PLAIN, RESIDUAL]) expect(other[lane]?.loss[0]).not.toBe(first[lane]?.loss[0]);
}

function cutsOne(playground: PlaygroundPage): Promise<void> {
  return cutsWhileItTrains(playground, { lane: RESIDUAL, block: 4, others: [PLAIN] });
}

async function cutsAll(playground: PlaygroundPage): Promise<void> {
  const all = playground.shortcuts(RESIDUAL);
  const arcs = playground.lane(RESIDUAL).getByRole('switch', { name: /^Shortcut \d/ });
  await expect(arcs).toHaveCount(BLOCKS);
  await playground.stepBy(1);

  await all.click();
  await expect(all).not.toBeChecked();
  for (const arc of await arcs.all()) await expect(arc).not.toBeChecked();
  await expect(playground.lane(RESIDUAL).getByText('none')).toBeVisible();
  await all.click();
  await expect(all).toBeChecked();
  for (const arc of await arcs.all()) await expect(arc).toBeChecked();
  await playground.stepBy(1);
  const [undone, untouched] = [await playground.curves(), await playground.replay(2)];
  expect(undone).toEqual(untouched);

  await all.click();
  await expect(all).not.toBeChecked();
  await playground.stepBy(1);
  await expect(playground.figure.getByText(`${RESIDUAL}: all shortcuts off`)).toBeVisible();
  const [off, on] = [await playground.curves(), await playground.replay(3)];
  expect(lossesOf(off, RESIDUAL)[2]).not.toBe(lossesOf(on, RESIDUAL)[2]);
  expect(off[PLAIN]).toEqual(on[PLAIN]);
}

/** Slow rounds: the first of all, when nothing is recorded yet, and one between steps that are replayed. */
async function slowsDown(playground: PlaygroundPage): Promise<void> {
  const rounds = await playground.page.evaluate(async () => {
    const { slowRound, step } = window.playground;
    const first = await slowRound();
    await step(3);
    const second = await slowRound();
    await step(2);
    return [first, second];
  });
  const curves = await playground.curves();
  expect(rounds.map(({ steps }) => steps.map(({ lane, step }) => [lane, step]))).toEqual(
    [1, 5].map((step) => [PLAIN, RESIDUAL].map((lane) => [lane, step])),
  );
  for (const { steps } of rounds) {
    for (const { lane, step, loss } of steps) expect(curves[lane]?.loss[step - 1]).toBe(loss);
  }
  const undisturbed = await playground.replay(7);
  for (const lane of [PLAIN, RESIDUAL]) expect(curves[lane]?.loss).toEqual(undisturbed[lane]?.loss);
}

async function looksInside(playground: PlaygroundPage): Promise<void> {
  await playground.train.click();
  await playground.waitForStep(1);
  const found = await playground.page.evaluate(
    async ([plain, residual]) => {
      const { probe, lesion } = window.playground;
      const gradients = await probe(residual, 'gradients');
      const cut = await lesion(residual, 'shortcut', 2);
      const landscape = await probe(plain, 'landscape', { over: 'line', points: 3, images: 8 });
      return { gradients, cut, losses: landscape.name === 'landscape' ? [...landscape.losses] : [] };
    },
    [PLAIN, RESIDUAL] as const,
  );
  await playground.pauseNow();
  expect(found.gradients).toMatchObject({ name: 'gradients', lane: RESIDUAL, ratio: expect.any(Number) });
  expect(found.gradients).toHaveProperty('layers.length', 14);
  expect(found.cut).toMatchObject({ study: 'together', lane: RESIDUAL, errors: { batch: expect.any(Number) } });
  expect(found.losses.filter((loss) => loss > 0)).toHaveLength(3);

  const [steps, curves] = [await playground.steps(), await playground.curves()];
  expect(found.cut.step).toBeLessThanOrEqual(steps);
  const undisturbed = await playground.replay(steps);
  for (const lane of [PLAIN, RESIDUAL]) expect(curves[lane]?.loss).toEqual(undisturbed[lane]?.loss);
}

async function diverges(playground: PlaygroundPage): Promise<void> {
  const net = { family: 'residual', depth: 56, width: 2, gains: Array.from({ length: 27 }, () => 2) };
  const lanes = [{ net: { family: 'plain', depth: 8, width: 2 } }, { net }];
  await load(playground, { ...SMALL, lanes, recipe: { batch: 8, learningRate: 10 } });
  await playground.stepBy(4);
  const lane = playground.lane('ResNet-56');
  await expect(lane.getByText(/^diverged at step [2-4], first in (stem|stage|head|loss)/)).toBeVisible();
  const curves = await playground.curves();
  expect(curves[PLAIN]?.step).toEqual([1, 2, 3, 4]);
  expect(curves['ResNet-56']?.step.length).toBeLessThan(4);
  await lane.getByRole('button', { name: /^Rewind ResNet-56 to step [0-2], the last good checkpoint$/ }).click();
  await expect(lane.getByText('diverged')).toHaveCount(0);
}

async function resumes(playground: PlaygroundPage): Promise<void> {
  const { page } = playground;
  await page.evaluate(() => window.playground.step(6));
  await page.evaluate(() => window.playground.setShortcut('ResNet-14', 2, 0));
  await page.evaluate(() => window.playground.step(3));
  await expect(page.getByText(/^saved at step \d+$/)).toHaveText('saved at step 9');
  await page.reload();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await playground.expectStep(9);
  await page.evaluate(() => window.playground.step(6));
  const resumed = await playground.curves();

  await load(playground, SMALL);
  await page.evaluate(() => window.playground.step(6));
  await page.evaluate(() => window.playground.setShortcut('ResNet-14', 2, 0));
  await page.evaluate(() => window.playground.step(9));
  expect(resumed).toEqual(await playground.curves());
}
