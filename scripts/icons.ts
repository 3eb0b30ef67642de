/** `npm run icons` draws the icon of `scripts/host/install.ts` as the PNGs of `public/icons`, which are committed. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { ICON, PNG_SIDES } from './host/install.ts';

const FOLDER = fileURLToPath(new URL('../public/icons/', import.meta.url));
/** Side of the SVG's view box, which is 72 pixels to the inch. */
const VIEW = 64;

mkdirSync(FOLDER, { recursive: true });
for (const side of PNG_SIDES) {
  await sharp(Buffer.from(ICON), { density: (72 * side) / VIEW })
    .resize(side, side)
    .png({ compressionLevel: 9, palette: true })
    .toFile(`${FOLDER}${side}.png`);
}
