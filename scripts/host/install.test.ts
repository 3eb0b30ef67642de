import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { INSTALL_FILES, INSTALL_TAGS, PNG_SIDES } from './install.ts';

const PUBLIC = fileURLToPath(new URL('../../public/', import.meta.url));

test('every icon that the manifest or the page names is there, as large as it says', async () => {
  const { icons }: { icons: readonly { src: string; sizes: string; purpose: string }[] } = JSON.parse(
    INSTALL_FILES['manifest.webmanifest'] ?? '',
  );
  for (const { src, sizes } of icons.filter((icon) => icon.src.endsWith('.png'))) {
    const { width, height } = await sharp(readFileSync(PUBLIC + src)).metadata();
    expect(`${width}x${height}`).toBe(sizes);
  }
  const vectors = icons.filter(({ src }) => src.endsWith('.svg'));
  expect(vectors.map(({ src, sizes }) => [src, sizes])).toEqual([['icon.svg', 'any']]);
  for (const { src } of vectors) {
    expect((await sharp(Buffer.from(INSTALL_FILES[src] ?? '')).metadata()).format).toBe('svg');
  }
  expect(new Set(icons.map(({ purpose }) => purpose))).toEqual(new Set(['any', 'maskable']));
  const [, touch = ''] = /apple-touch-icon" href="\.\/([^"]+)"/.exec(INSTALL_TAGS) ?? [];
  expect((await sharp(readFileSync(PUBLIC + touch)).metadata()).width).toBe(180);
});

test('the icons have no transparent corners and the background of the page', async () => {
  const drawn = Buffer.from(INSTALL_FILES['icon.svg'] ?? '');
  for (const icon of [drawn, ...PNG_SIDES.map((side) => readFileSync(`${PUBLIC}icons/${side}.png`))]) {
    const { data, info } = await sharp(icon).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const [right, bottom] = [info.width - 1, info.height - 1];
    for (const [x, y] of [
      [0, 0],
      [right, 0],
      [0, bottom],
      [right, bottom],
    ] as const) {
      const at = 4 * (y * info.width + x);
      expect([...data.subarray(at, at + 4)]).toEqual([0xfd, 0xfd, 0xfc, 0xff]);
    }
  }
});
