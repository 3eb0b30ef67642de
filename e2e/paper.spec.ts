import { expect } from '@playwright/test';
import paperTable from '../evidence/paper-table.json' with { type: 'json' };
import { expectAccessible } from './support/accessible.ts';
import { SMALL } from './support/experiments.ts';
import { test } from './support/test.ts';

test('the paper’s recipe says what it costs here before it is set up', async ({ playground }) => {
  const { page } = playground;
  await playground.open({ backend: 'wasm', experiment: SMALL });
  const button = page.getByRole('button', { name: 'The paper’s recipe…' });
  const dialog = page.getByRole('dialog', { name: 'The paper’s recipe' });
  await button.click();
  await dialog.getByRole('radio', { name: '110' }).click();
  await expect(dialog).toContainText('At 110 layers, the first 400 steps use a rate of 0.01.');
  await expect(dialog).toContainText('4.14P multiply-adds forward');
  await expectAccessible(page, '[role=dialog]');
  await dialog.getByRole('radio', { name: '20', exact: true }).click();
  await dialog.getByRole('button', { name: 'Set it up and estimate time' }).click();
  await expect(dialog).toContainText(
    /On this device it takes about \d+ (days|hours): one step of both nets takes [\d.]+ s, and there are 64,000/,
    // Three steps of both nets, as wide as the paper's.
    { timeout: 90_000 },
  );
  await dialog.getByRole('button', { name: 'Done' }).click();
  await playground.expectReady();
  const { recipe, until, data } = await playground.experiment();
  expect([recipe.batch, recipe.learningRate, until, data.size]).toEqual([128, 0.1, 64_000, 32]);
  expect(await playground.lanes()).toEqual(['plain-20', 'ResNet-20']);
});

test('?view=paper stays at its section, whose record is drawn behind the live race', async ({ page }) => {
  await page.goto('./?backend=wasm&lesson=off&view=paper');
  const paper = page.getByRole('region', { name: 'The paper, beside this page' });
  const card = paper.getByRole('article', { name: 'Figure 1: deeper is worse' });
  await expect(card).toContainText('Live and recorded.');
  await expect(card).toContainText('The deepest is worse than the shallowest, as in the paper.');
  await expect.poll(() => paper.evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(200);
  await card.getByText('How it was made').click();
  await expect(card).toContainText('npm run evidence -- --verify lasts');
  await expectAccessible(page, '#paper');
  await card.getByRole('button', { name: 'Draw behind this race' }).click();
  const behind = page.getByRole('list', { name: 'Runs behind this race' });
  await expect(behind).toContainText('A recorded: It lasts: emoji by designer, 4,000 steps');
  await behind.getByRole('button', { name: 'hide' }).click();
  await expect(behind).toBeHidden();
});

test('the end of depth is an experiment, with recorded curves behind a race that begins', async ({ page }) => {
  await page.goto('./?backend=wasm&preset=tiny&lesson=off');
  await page.getByRole('button', { name: 'Experiments', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Does depth pay in the end?' }).click();
  await expect(page.getByRole('heading', { name: 'Does depth pay in the end?' })).toBeVisible();
  await expect(page.getByText('The faint curves are recorded on other images')).toBeVisible();
  const behind = page.getByRole('list', { name: 'Runs behind this race' });
  await expect(behind).toContainText('A recorded on CIFAR-10 (JPEG copy), not on this race’s images: CIFAR-10');
});

test('what runs here says its price before it trains', async ({ page, playground }) => {
  await page.goto('./?backend=wasm&preset=tiny&view=paper');
  await playground.step.click();
  await playground.expectStep(1);
  const card = page.getByRole('article', { name: 'Figure 2: the residual block' });
  await card.getByRole('button', { name: 'Run it here' }).click();
  const dialog = page.getByRole('dialog', { name: 'Run it here' });
  await expect(dialog).toContainText('plain-20 and ResNet-20: 150 steps with batches of 64.');
  await expect(dialog).toContainText(/At the speed of the present race, that is about \d+ minutes?\./);
  await dialog.getByRole('button', { name: 'Set it up and estimate time' }).click();
  await expect(dialog).toContainText(/On this device it takes about .+: one step of both nets takes [\d.]+ m?s/);
});

test('the paper’s first net takes a step on WebGPU, with a smaller batch', async ({ playground }) => {
  const { experiment } = paperTable;
  const [first] = experiment.lanes;
  const data = { source: 'emoji', task: 'designer', size: 32, version: 2 };
  // An adapter in software takes half a minute for the paper's 128 images.
  const recipe = { ...experiment.recipe, batch: 16 };
  await playground.open({ backend: 'webgpu', experiment: { ...experiment, data, recipe, lanes: [first] } });
  await playground.step.click();
  await playground.expectStep(1);
});
