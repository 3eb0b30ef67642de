import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { PLAIN, RESIDUAL, SMALL } from './support/experiments.ts';
import { measure, type ShortName } from './support/look-inside.ts';
import { test } from './support/test.ts';

/** Saves a figure and gives the file. */
async function save(
  page: Page,
  figure: string,
  what: string,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const found = page.getByRole('figure', { name: figure, exact: true });
  await found.scrollIntoViewIfNeeded();
  // The curves have it in their menu.
  const menu = found.getByRole('button', { name: 'More about the curves' });
  const button = found.getByRole('button', { name: /^Save: / });
  if ((await menu.isVisible()) && !(await button.isVisible())) await menu.click();
  await button.click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: what }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** The size of a picture as an empty page shows it; fails where it is broken. */
function sizeAlone(page: Page, bytes: Buffer, type: string): Promise<readonly [number, number]> {
  return page.evaluate(
    async ([base64, kind]) => {
      const image = new Image();
      image.src = `data:${kind};base64,${base64}`;
      await image.decode();
      return [image.naturalWidth, image.naturalHeight] as const;
    },
    [bytes.toString('base64'), type] as const,
  );
}

test.beforeEach(async ({ page, playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.evaluate(() => window.playground.step(26));
});

test('the curves are saved as the numbers that were measured', async ({ page, playground }) => {
  const { name, bytes } = await save(page, 'Training error', 'Data as CSV');
  expect(name).toBe('resnet-playground-training-error.csv');
  const [head, ...lines] = bytes.toString().trimEnd().split('\n');
  expect(head).toBe('net,step,training error %,loss,test error %');
  const rows = lines.map((line) => line.split(','));
  const curve = (await playground.curves())[RESIDUAL] ?? { loss: [], trainError: [], testError: [] };
  const own = rows.filter(([net]) => net === RESIDUAL);
  expect(own.map(([, step]) => Number(step))).toEqual(Array.from({ length: 26 }, (_, index) => index + 1));
  for (const [index, row] of own.entries()) {
    expect(Number(row[3])).toBeCloseTo(curve.loss[index] ?? Number.NaN, 5);
    expect(Number(row[2])).toBeCloseTo(curve.trainError[index] ?? Number.NaN, 4);
  }
  expect(own.flatMap(([, step, , , tested]) => (tested === '' ? [] : [Number(step)]))).toEqual([25]);
});

const PICTURES: readonly (readonly [figure: string, title: string, nets: readonly string[], card?: ShortName])[] = [
  ['Training error', 'Training error by step', [PLAIN, RESIDUAL]],
  ['Error by depth', 'Error by depth', [PLAIN, RESIDUAL]],
  ['Gradient by layer', 'Gradient by layer', [PLAIN, RESIDUAL], 'Gradients'],
  ['What a block adds to its input', 'What a block adds to its input', [RESIDUAL], 'Feature maps'],
];

for (const [figure, title, nets, card] of PICTURES) {
  test(`${figure}: its picture stands on its own`, async ({ page }) => {
    if (card !== undefined) await measure(page, card);
    const { bytes } = await save(page, figure, 'Picture as SVG');
    const svg = bytes.toString();
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).not.toMatch(/class=|var\(|oklch|oklab|color-mix|foreignObject/);
    for (const word of [title, ...nets, 'Measured in the browser']) expect(svg).toContain(word);
    const [width, height] = await sizeAlone(page, bytes, 'image/svg+xml');
    expect(svg).toContain(`viewBox="0 0 ${width} ${height}"`);
    const png = await save(page, figure, 'Picture as PNG');
    expect(png.name).toMatch(/\.png$/);
    expect(await sizeAlone(page, png.bytes, 'image/png')).toEqual([2 * width, 2 * height]);
  });
}

test('a figure that shows its table still gives its data', async ({ page }) => {
  await measure(page, 'Gradients');
  const gradients = page.getByRole('figure', { name: 'Gradient by layer' });
  await gradients.scrollIntoViewIfNeeded();
  await gradients.getByRole('button', { name: 'Show as table' }).click();
  await gradients.getByRole('button', { name: /^Save: / }).press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Picture as SVG' })).toBeDisabled();
  await page.keyboard.press('Escape');
  const { bytes } = await save(page, 'Gradient by layer', 'Data as CSV');
  const lines = bytes.toString().trimEnd().split('\n');
  expect(lines[0]).toBe('\ufeffnet,step,layer,block,gradient norm,weight norm,gradient × weight');
  expect(lines.filter((line) => line.startsWith(`${RESIDUAL},26,`))).toHaveLength(14);
});
