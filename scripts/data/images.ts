import sharp from 'sharp';
import type { EmojiDrawing, IconSet } from './sets.ts';
import type { Emoji } from './unicode.ts';

/** An emoji as one designer draws it. */
export interface EmojiDesign {
  /** Index of the emoji. */
  readonly emoji: number;
  /** Index of the designer's set. */
  readonly designer: number;
  readonly drawing: EmojiDrawing;
}

/** A design rendered as RGB bytes. */
export interface DesignImage extends EmojiDesign {
  /** RGB bytes, [32, 32, 3]. */
  readonly tile: Buffer;
}

/** Every drawing of every emoji: designer by designer, which compresses best, each in the order of `emoji`. */
export function listDesigns(emoji: readonly Emoji[], sets: readonly IconSet[]): readonly EmojiDesign[] {
  return sets.flatMap(({ drawings }, designer) =>
    emoji.flatMap(({ points }, number) => {
      const drawing = drawings.get(points);
      return drawing === undefined ? [] : [{ emoji: number, designer, drawing }];
    }),
  );
}

/**
 * The designs, drawn. Where images are the same to the last byte (France and Saint Martin; many of OpenMoji's men and
 * persons) only the first stays: otherwise the same image could be in both splits.
 */
export async function drawDesigns(
  designs: readonly EmojiDesign[],
  onDrawn: (count: number) => void,
): Promise<readonly DesignImage[]> {
  const tiles = await drawAll(
    designs.map(({ drawing }) => drawing),
    onDrawn,
  );
  const images = new Map<string, DesignImage>();
  for (const [number, design] of designs.entries()) {
    const tile = tiles[number];
    if (tile === undefined) continue;
    const key = tile.toString('latin1');
    if (!images.has(key)) images.set(key, { ...design, tile });
  }
  return [...images.values()];
}

/** Height and width of one image. */
export const TILE = 32;

/** Enough to keep sharp's threads busy on any machine, and little enough to bound the memory. */
const AT_ONCE = 64;

/** Renders the drawings on white, each as RGB bytes [32, 32, 3]. Calls `onDrawn` with the number of finished ones. */
export async function drawAll(
  drawings: readonly EmojiDrawing[],
  onDrawn: (count: number) => void,
): Promise<readonly Buffer[]> {
  const tiles: Buffer[] = [];
  while (tiles.length < drawings.length) {
    tiles.push(...(await Promise.all(drawings.slice(tiles.length, tiles.length + AT_ONCE).map(draw))));
    onDrawn(tiles.length);
  }
  return tiles;
}

async function draw({ body, viewBox }: EmojiDrawing): Promise<Buffer> {
  const attributes = `width="${TILE}" height="${TILE}" viewBox="${viewBox}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body}</svg>`;
  const flat = sharp(Buffer.from(svg)).flatten({ background: '#ffffff' }).toColourspace('srgb').removeAlpha();
  const { data, info } = await flat.raw().toBuffer({ resolveWithObject: true });
  if (info.width !== TILE || info.height !== TILE || info.channels !== 3) {
    throw new Error(`drawing: came out as ${info.width}x${info.height}x${info.channels}: ${svg.slice(0, 200)}`);
  }
  return data;
}
