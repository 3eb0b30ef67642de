import sharp from 'sharp';
import type { Drawing } from './sets.ts';

/** Height and width of one image. */
export const TILE = 32;

/** Enough to keep sharp's threads busy on any machine, and little enough to bound the memory. */
const AT_ONCE = 64;

/** The drawings on white, each RGB bytes [32, 32, 3]. `onDrawn` hears how many are done. */
export async function drawAll(
  drawings: readonly Drawing[],
  onDrawn: (count: number) => void,
): Promise<readonly Buffer[]> {
  const tiles: Buffer[] = [];
  while (tiles.length < drawings.length) {
    tiles.push(...(await Promise.all(drawings.slice(tiles.length, tiles.length + AT_ONCE).map(draw))));
    onDrawn(tiles.length);
  }
  return tiles;
}

async function draw({ body, viewBox }: Drawing): Promise<Buffer> {
  const attributes = `width="${TILE}" height="${TILE}" viewBox="${viewBox}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body}</svg>`;
  const flat = sharp(Buffer.from(svg)).flatten({ background: '#ffffff' }).toColourspace('srgb').removeAlpha();
  const { data, info } = await flat.raw().toBuffer({ resolveWithObject: true });
  if (info.width !== TILE || info.height !== TILE || info.channels !== 3) {
    throw new Error(`drawing: came out as ${info.width}x${info.height}x${info.channels}: ${svg.slice(0, 200)}`);
  }
  return data;
}
