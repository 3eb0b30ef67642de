import { readFile, writeFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { encode } from 'fast-png';
import { zipSync } from 'fflate';
import { pretrainedOf } from '../src/core/data/pretrained.ts';
import { randomWeights } from '../src/testing/engine/family/random-weights.ts';
import { expectAccessibleInBothThemes } from './support/accessible.ts';
import { SMALL } from './support/experiments.ts';
import { misfits } from './support/fits.ts';
import { address } from './support/playground-page.ts';
import { test } from './support/test.ts';

/** A generated photograph: a coloured gradient over stripes. */
function picture(seed: number): Uint8Array {
  const [width, height] = [96, 80];
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const [pixel, channel] = [Math.floor(at / 3), at % 3];
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return (x * (channel + seed) + ((y * seed) % 64) + 60 * channel) % 256;
  });
  return new Uint8Array(encode({ width, height, data, channels: 3 }));
}

/** Ten photographs of two classes by WordNet id and by name; one of no class, and a file that does not decode. */
function photographs(): Buffer {
  const files: Record<string, Uint8Array> = {};
  for (let nth = 0; nth < 10; nth++) files[`val/${nth < 6 ? 'n01440764' : 'goldfish'}/${nth}.png`] = picture(nth + 1);
  files['val/my cats/1.png'] = picture(11);
  files['val/goldfish/torn.png'] = picture(12).subarray(0, 60);
  return Buffer.from(zipSync(files));
}

test('ten photographs of a zip are classified by two nets, with a pause, a list of confusions and a table to save', async ({
  page,
  playground,
}, info) => {
  test.setTimeout(240_000);
  const weights = { 'ResNet-18': info.outputPath('a.safetensors'), 'ResNet-34': info.outputPath('b.safetensors') };
  for (const [name, file] of Object.entries(weights)) await writeFile(file, randomWeights(pretrainedOf(name)));
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.getByRole('region', { name: 'The paper’s family', exact: true }).scrollIntoViewIfNeeded();
  const part = page.getByRole('region', { name: 'Many photographs', exact: true });
  await part
    .getByLabel('Choose files', { exact: true })
    .setInputFiles({ name: 'photos.zip', mimeType: 'application/zip', buffer: photographs() });
  await expect(part.getByText('11 photographs from photos.zip, from 2 of 1,000 classes')).toBeVisible();
  await expect(part.getByText('1 image was left out: the label matches no class (“my cats”).')).toBeVisible();

  await part.getByLabel('Add files of weights', { exact: true }).setInputFiles(Object.values(weights));
  const table = part.getByRole('region', { name: 'The nets and their errors' });
  const row = (name: string) => table.getByRole('row', { name: new RegExp(`${name} `) });
  await expect(row('ResNet-18')).toContainText('a.safetensors');
  await expect(row('ResNet-34')).toContainText('b.safetensors');
  await part.getByRole('button', { name: 'Classify' }).click();
  // The second batch of the first net.
  await expect(row('ResNet-18')).toContainText('%');
  await part.getByRole('button', { name: 'Pause' }).click();
  await part.getByRole('button', { name: 'Resume' }).click();
  await expect(part.getByText('20 of 20 answers')).toBeVisible({ timeout: 120_000 });
  await expect(part.getByText('1 photograph could not be decoded')).toBeVisible();
  for (const name of Object.keys(weights)) {
    await expect(row(name).getByRole('cell').first()).toHaveText('10');
    await expect(row(name).getByRole('cell').nth(1)).toContainText(/^\d+\.\d ± \d+\.\d%$/);
  }

  const confusions = part.getByRole('region', { name: 'What is taken for what' });
  await confusions.getByRole('listitem').first().locator('summary').click();
  await expect(confusions.getByRole('img').first()).toBeVisible();
  const figure = part.getByRole('figure', { name: 'Error by depth and cost' });
  await expect(figure.getByRole('img', { name: /ResNet-18 .* ± .*; ResNet-34/ })).toBeVisible();
  await figure.getByRole('radio', { name: 'Multiply-adds' }).click();
  await figure.getByRole('button', { name: /Save/ }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV' }).click(),
  ]);
  const csv = await readFile(await saved.path(), 'utf8');
  expect(csv.split('\n').map((line) => line.split(',').slice(0, 2).join())).toEqual([
    'net,layers',
    'ResNet-18,18',
    'ResNet-34,34',
    '',
  ]);
  await expectAccessibleInBothThemes(page, '[aria-label="Many photographs"]');
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(table).toBeVisible();
  expect(await misfits(page)).toEqual([]);

  await part.getByRole('button', { name: 'Remove photographs' }).click();
  await expect(table).toHaveCount(0);
});

test('two photographs are classified on WebGPU', async ({ page }, info) => {
  test.setTimeout(240_000);
  const weights = info.outputPath('a.safetensors');
  await writeFile(weights, randomWeights(pretrainedOf('ResNet-18')));
  await page.goto(address({ backend: 'webgpu', experiment: SMALL }));
  await page.getByRole('region', { name: 'The paper’s family', exact: true }).scrollIntoViewIfNeeded();
  const part = page.getByRole('region', { name: 'Many photographs', exact: true });
  const files = { 'goldfish/1.png': picture(1), 'n01440764/2.png': picture(2) };
  await part
    .getByLabel('Choose files', { exact: true })
    .setInputFiles({ name: 'two.zip', mimeType: 'application/zip', buffer: Buffer.from(zipSync(files)) });
  await expect(part.getByText('2 photographs from two.zip, from 2 of 1,000 classes')).toBeVisible();
  await part.getByLabel('Add files of weights', { exact: true }).setInputFiles(weights);
  await part.getByRole('button', { name: 'Classify' }).click();
  await expect(part.getByText('2 of 2 answers')).toBeVisible({ timeout: 120_000 });
  const cells = part.getByRole('row', { name: /ResNet-18 / }).getByRole('cell');
  await expect(cells.first()).toHaveText('2');
  await expect(cells.nth(1)).toContainText(/^\d+\.\d ± \d+\.\d%$/);
});
