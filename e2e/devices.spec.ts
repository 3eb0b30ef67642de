import { expect } from '@playwright/test';
import { SMALL } from './support/experiments.ts';
import { threadsOf } from './support/playground-page.ts';
import { test } from './support/test.ts';

test('by itself the page takes WebAssembly with a thread for every core, and says why not SwiftShader', async ({
  page,
  playground,
}) => {
  await playground.open({ experiment: SMALL });
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect(playground.device).toContainText(await threadsOf(page));
  await playground.openMore();
  await expect(playground.more).toContainText('WebGPU: SwiftShader computes in software, slower than WebAssembly.');
});

test('another device starts the same race over', async ({ page, playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await playground.stepBy(2);
  const [experiment, onWasm] = [await playground.experiment(), await playground.curves()];
  await playground.openMore();
  await playground.more.getByRole('combobox', { name: 'Device' }).selectOption('JavaScript');
  await page.keyboard.press('Escape');
  await expect(playground.device).toContainText('JavaScript');
  await playground.expectReady();
  expect(await playground.experiment()).toEqual(experiment);
  await playground.stepBy(2);
  for (const [lane, { loss }] of Object.entries(await playground.curves())) {
    for (const [index, value] of loss.entries()) expect(value).toBeCloseTo(onWasm[lane]?.loss[index] ?? Number.NaN, 3);
  }
});
