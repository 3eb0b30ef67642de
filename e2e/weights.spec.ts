import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { readSafetensors } from '../src/data/formats/safetensors.ts';
import { expectAccessible } from './support/accessible.ts';
import { SMALL } from './support/experiments.ts';
import { test } from './support/test.ts';

test('a net’s weights are saved, and a copy begins with them; those of another net are refused', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.evaluate(() => window.playground.step(60));
  const menu = (name: string) => page.getByRole('button', { name: `Branch, grow or rewind ${name}` });
  await menu('plain-8').click();
  const saving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save its weights' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('plain-8.safetensors');
  const bytes = await readFile(await saved.path());
  const { tensors, metadata } = readSafetensors(bytes, 'plain-8');
  expect(tensors.get('layer3.0.bn2.running_var')?.shape).toEqual([8]);
  expect(metadata.get('step')).toBe('60');

  await menu('plain-8').click();
  const exporting = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /^Save the net as ONNX \(about \d+ KB\)$/ }).click();
  const exported = await exporting;
  expect(exported.suggestedFilename()).toBe('plain-8.onnx');
  expect((await readFile(await exported.path())).includes('layer3.0.bn2.running_var')).toBe(true);

  const file = { name: 'mine.safetensors', mimeType: 'application/octet-stream', buffer: bytes };
  await page.getByLabel('Weights for a copy of plain-8', { exact: true }).setInputFiles(file);
  await expect(playground.lane('plain-8 (2)')).toBeVisible();
  await page.evaluate(() => window.playground.step(5));
  const curves = await playground.curves();
  // It goes on from where the other was at step 60, not from the beginning.
  const firstOf = (lane: string) => curves[lane]?.loss.slice(0, 5).reduce((sum, loss) => sum + loss, 0);
  expect(firstOf('plain-8 (2)')).toBeLessThan(firstOf('plain-8') ?? 0);

  await page.getByLabel('Weights for a copy of ResNet-14', { exact: true }).setInputFiles(file);
  await expect(playground.alert).toContainText(
    'Weights file: mine.safetensors is of another net: layer1.1.conv1.weight is missing',
  );
  expect(await playground.lanes()).toEqual(['plain-8', 'ResNet-14', 'plain-8 (2)']);
});

test('the experiment is saved as files of PyTorch and of Keras', async ({ playground }) => {
  const { page } = playground;
  await playground.open({ backend: 'wasm', experiment: SMALL });
  for (const [item, name, library] of [
    ['As a PyTorch file', 'playground.py', 'import torch'],
    ['As a Keras file', 'playground_keras.py', 'import keras'],
  ] as const) {
    await playground.openMore();
    await expectAccessible(page, '[role=dialog]');
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: item }).click();
    const saved = await saving;
    await page.keyboard.press('Escape');
    expect(saved.suggestedFilename()).toBe(name);
    const code = await readFile(await saved.path(), 'utf8');
    expect(code).toContain(library);
    expect(code).toContain('"name": "ResNet-14"');
  }
});
