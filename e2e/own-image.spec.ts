import { expect } from '@playwright/test';
import { pngOf } from '../src/testing/data/true-formats.ts';
import { RESIDUAL, SMALL } from './support/experiments.ts';
import { measure } from './support/look-inside.ts';
import { test } from './support/test.ts';

test('an image of a person’s own is told by every net, and again as they learn', async ({ playground }) => {
  const { page } = playground;
  await playground.open({ backend: 'wasm', experiment: SMALL });
  const part = page.getByRole('region', { name: 'Predictions' });
  const files = part.getByLabel('An image for the nets to classify');
  await files.setInputFiles({ name: 'red.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(200, 30, 30, 48)) });
  await expect(part.getByRole('img', { name: 'red.png' })).toBeVisible();
  const answers = part.locator('tbody td:nth-of-type(1)');
  await expect(answers).toHaveCount(2);
  await expect(answers.first()).toContainText(/Noto|Twemoji|Fluent|OpenMoji/);
  const before = await answers.allInnerTexts();
  await page.evaluate(() => window.playground.step(50));
  await expect.poll(() => answers.allInnerTexts()).not.toEqual(before);
});

test('what a person draws is told by every net with every stroke, again after a cut, and is seen inside the nets', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.evaluate(() => window.playground.step(25));
  await measure(page, 'Feature maps');
  await page.getByRole('button', { name: 'An image of your own: drawn, or from a file' }).click();
  const part = page.getByRole('region', { name: 'Draw one image' });
  const answers = part.getByRole('list', { name: 'What the nets say' });
  const told = answers.getByRole('listitem');
  const seen = () =>
    part.getByRole('img', { name: 'your drawing' }).evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

  // By keys.
  const pad = part.getByRole('application', { name: 'Drawing pad' });
  await pad.focus();
  for (const key of ['Space', 'ArrowLeft', 'ArrowLeft', 'ArrowUp', 'Space']) await page.keyboard.press(key);
  await expect(told).toHaveCount(2);
  await expect(told.first()).toContainText(/Noto|Twemoji|Fluent|OpenMoji/);
  expect(await playground.steps()).toBe(25);
  const small = await seen();

  // By a pointer, in another colour.
  await part.getByRole('radio', { name: 'Red' }).click();
  await part.getByRole('radio', { name: 'Broad' }).click();
  await pad.scrollIntoViewIfNeeded();
  const { x = 0, y = 0, width = 0 } = (await pad.boundingBox()) ?? {};
  await page.mouse.move(x + 0.2 * width, y + 0.3 * width);
  await page.mouse.down();
  await page.mouse.move(x + 0.8 * width, y + 0.3 * width, { steps: 3 });
  await page.mouse.up();
  await expect.poll(seen).not.toBe(small);
  // The answers are those to the whole stroke, so that only the cut can change them.
  await expect(answers).toHaveAttribute('aria-busy', 'false');
  const said = await told.last().innerText();
  await page.evaluate((lane) => window.playground.setShortcut(lane, 1, 0), RESIDUAL);
  await expect.poll(() => told.last().innerText()).not.toBe(said);

  const maps = page.getByRole('figure', { name: 'What a block adds to its input' });
  const input = maps.getByRole('img', { name: /^x: / });
  await maps.scrollIntoViewIfNeeded();
  await expect(input).toBeVisible();
  const ofSample = (await input.getAttribute('aria-label')) ?? '';
  await maps.getByRole('radio', { name: 'yours' }).click();
  await expect(input).not.toHaveAttribute('aria-label', ofSample);

  await part.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(seen).toBe(small);
  await part
    .getByRole('button', { name: /^Draw on / })
    .first()
    .click();
  await expect.poll(() => told.count()).toBe(2);
  await part.getByRole('button', { name: 'Clear' }).click();
  await expect(part.getByText('Draw something')).toBeVisible();
});
