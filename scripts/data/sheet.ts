import sharp from 'sharp';
import type { Drawing } from './sets.ts';

/** Height and width of one image. */
export const TILE = 32;
/** Images in one row of the sheet. */
export const COLUMNS = 84;

const WHITE = '#ffffff';

/** All drawings on white, `COLUMNS` a row, as a lossless RGB PNG. `onDrawn` hears of each that is done. */
export async function drawSheet(drawings: readonly Drawing[], onDrawn: () => void): Promise<Buffer> {
  const rows = Math.ceil(drawings.length / COLUMNS);
  const width = COLUMNS * TILE;
  const pixels = Buffer.alloc(width * rows * TILE * 3, 255);
  for (let row = 0; row < rows; row++) {
    const line = drawings.slice(row * COLUMNS, (row + 1) * COLUMNS).map(async (drawing, column) => {
      paste(await draw(drawing), pixels, row, column);
      onDrawn();
    });
    // One row at a time bounds the memory; sharp draws its images on all cores.
    await Promise.all(line);
  }
  const raw = { width, height: rows * TILE, channels: 3 } as const;
  return sharp(pixels, { raw }).png({ compressionLevel: 9, adaptiveFiltering: true }).toBuffer();
}

/** RGB bytes, [TILE, TILE, 3]. */
async function draw({ body, viewBox }: Drawing): Promise<Buffer> {
  const attributes = `width="${TILE}" height="${TILE}" viewBox="${viewBox}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body}</svg>`;
  const flat = sharp(Buffer.from(svg)).flatten({ background: WHITE }).toColourspace('srgb').removeAlpha();
  const { data, info } = await flat.raw().toBuffer({ resolveWithObject: true });
  if (info.width !== TILE || info.height !== TILE || info.channels !== 3) {
    throw new Error(`drawing: came out as ${info.width}x${info.height}x${info.channels}: ${svg.slice(0, 200)}`);
  }
  return data;
}

function paste(tile: Buffer, sheet: Buffer, row: number, column: number): void {
  const bytes = TILE * 3;
  for (let y = 0; y < TILE; y++) {
    tile.copy(sheet, ((row * TILE + y) * COLUMNS + column) * bytes, y * bytes, (y + 1) * bytes);
  }
}
