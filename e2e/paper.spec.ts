import { expect } from '@playwright/test';
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
  );
  await dialog.getByRole('button', { name: 'Done' }).click();
  await playground.isReady();
  const { recipe, until, data } = await playground.experiment();
  expect([recipe.batch, recipe.learningRate, until, data.size]).toEqual([128, 0.1, 64_000, 32]);
  expect(await playground.lanes()).toEqual(['plain-20', 'ResNet-20']);
});
