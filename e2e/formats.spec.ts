import { expect } from '@playwright/test';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { chunk, writePng } from '../src/testing/data/png-files.ts';
import { pngOf } from '../src/testing/data/true-formats.ts';
import { SMALL } from './support/experiments.ts';
import { test } from './support/test.ts';

/** 64 pixels a side of one colour, orange that sRGB has, written in the colour space of Display P3. */
const wide = () =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: { r: 200, g: 90, b: 30 } } }).withIccProfile('p3');

/** Above red, below blue, once it is turned as its EXIF says. */
const turned = () =>
  sharp(
    Uint8Array.from({ length: 64 * 64 * 3 }, (_, at) => (at % 3 === (Math.floor(at / 3) % 64 < 32 ? 0 : 2) ? 255 : 0)),
    { raw: { width: 64, height: 64, channels: 3 } },
  )
    .jpeg({ quality: 100 })
    .withMetadata({ orientation: 6 });

test('images are shown as a browser shows them, and those on both sides of the split are told and left out', async ({
  playground,
}) => {
  const { page } = playground;
  const clear = writePng({
    ...{ width: 32, height: 32, depth: 8, colour: 0, sample: () => 0 },
    before: [chunk('tRNS', [0, 0]), chunk('iCCP', [1, 2, 3])],
  });
  const files: Record<string, Uint8Array> = {
    'set/train/clear/1.png': clear,
    'set/train/clear/2.png': pngOf(9, 9, 9),
    'set/train/jpeg/1.jpg': await wide().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(),
    'set/train/png/1.png': await wide().png().toBuffer(),
    'set/train/turned/1.jpg': await turned().toBuffer(),
    'set/test/clear/1.png': pngOf(9, 9, 9),
    'set/test/png/1.png': pngOf(1, 2, 3),
    'set/test/png/2.heic': new TextEncoder().encode('\0\0\0\x18ftypheic\0\0\0\0heic'),
  };
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.getByRole('button', { name: 'Your images…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your own data' });
  const buffer = Buffer.from(zipSync(files, { level: 0 }));
  await dialog.getByLabel('Choose files').setInputFiles({ name: 'set.zip', mimeType: 'application/zip', buffer });
  await expect(dialog).toContainText('5 images for training, 2 for testing');

  const pixel = (name: string, row: number) =>
    dialog
      .getByRole('row', { name: new RegExp(`^${name}`) })
      .locator('canvas')
      .first()
      .evaluate((canvas: HTMLCanvasElement, y) => {
        const { width, height } = canvas;
        return [...(canvas.getContext('2d')?.getImageData(width / 2, y * height, 1, 1).data ?? [])];
      }, row);
  expect(await pixel('clear', 0.5)).toEqual([255, 255, 255, 255]);
  const [png, jpeg] = [await pixel('png', 0.5), await pixel('jpeg', 0.5)];
  for (const [channel, expected] of [200, 90, 30].entries()) {
    expect(Math.abs((png[channel] ?? 0) - expected)).toBeLessThanOrEqual(4);
    expect(Math.abs((jpeg[channel] ?? 0) - expected)).toBeLessThanOrEqual(4);
  }
  const [red = 0, , blue = 0] = await pixel('turned', 0.25);
  expect([red > 200, blue < 60]).toEqual([true, true]);

  await dialog.getByText('One file or row is left out').click();
  await expect(dialog).toContainText('is a HEIC image; save it as PNG or JPEG, since browsers do not show it');
  await expect(dialog).toContainText('1 of 2 test images is also among the training images, pixel for pixel');
  await dialog.getByRole('switch', { name: 'Leave them out of the training images' }).click();
  await dialog.getByRole('button', { name: 'Use these images' }).click();
  await expect(page.getByText('4 images for training, 2 for testing')).toBeVisible();
});

test('a link that is cut off says so, and the wrong file of weights what it is', async ({ playground }) => {
  const { page } = playground;
  await page.goto('/?preset=tiny&backend=wasm#v=1&exper');
  await expect(page.getByText('the experiment in it is cut off or misspelt; copy the whole link again')).toBeVisible();
  await playground.open({ backend: 'wasm', experiment: SMALL });
  const buffer = Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 46827520\n');
  await page
    .getByLabel('Weights for a copy of ResNet-14')
    .setInputFiles({ name: 'net.safetensors', mimeType: 'application/octet-stream', buffer });
  await expect(page.getByText('net.safetensors is a Git LFS pointer')).toBeVisible();
  await expect(page.getByText('run "git lfs pull", or download the file itself')).toBeVisible();
});
