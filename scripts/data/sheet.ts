import sharp from 'sharp';
import { TILE } from './draw.ts';

/** Images in one row of the sheet. */
export const COLUMNS = 84;

/** The tiles, `COLUMNS` a row, as a lossless RGB PNG; what is left of the last row is white. */
export async function encodeSheet(tiles: readonly Buffer[]): Promise<Buffer> {
  const width = COLUMNS * TILE;
  const height = Math.ceil(tiles.length / COLUMNS) * TILE;
  const pixels = Buffer.alloc(width * height * 3, 255);
  for (const [number, tile] of tiles.entries()) paste(tile, pixels, Math.floor(number / COLUMNS), number % COLUMNS);
  // Flat colours compress best unfiltered (4.5 MB, 5.6 with a filter chosen for each line). sharp's `effort` would
  // quantise to 256 colours.
  const options = { compressionLevel: 9, adaptiveFiltering: false, palette: false } as const;
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png(options)
    .toBuffer();
}

function paste(tile: Buffer, sheet: Buffer, row: number, column: number): void {
  const bytes = TILE * 3;
  for (let y = 0; y < TILE; y++) {
    tile.copy(sheet, ((row * TILE + y) * COLUMNS + column) * bytes, y * bytes, (y + 1) * bytes);
  }
}
