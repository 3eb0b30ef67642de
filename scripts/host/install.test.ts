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
  expect(icons.find(({ src }) => src.endsWith('.svg'))?.src).toBe('icon.svg');
  expect(new Set(icons.map(({ purpose }) => purpose))).toEqual(new Set(['any', 'maskable']));
  const [, touch = ''] = /apple-touch-icon" href="\.\/([^"]+)"/.exec(INSTALL_TAGS) ?? [];
  expect((await sharp(readFileSync(PUBLIC + touch)).metadata()).width).toBe(180);
});

test('the icons have no transparent corners and the background of the page', async () => {
  for (const side of PNG_SIDES) {
    const { data, info } = await sharp(`${PUBLIC}icons/${side}.png`)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info.width).toBe(side);
    expect([...data.subarray(0, 3)]).toEqual([0xfd, 0xfd, 0xfc]);
  }
});
