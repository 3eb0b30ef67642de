import sharp, { type Sharp } from 'sharp';
import { shrink } from '../../src/data/decoded-images.ts';
import { quantised } from '../../src/data/formats/tiles/tiles.ts';
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
  readonly large: Uint8Array;
  /** RGB bytes, [16, 16, 3], each the mean of four pixels of `large`. */
  readonly small: Uint8Array;
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
 * The designs, drawn. Where images are the same at 16×16 (France and Saint Martin; many of OpenMoji's men and persons) only
 * the first stays.
 */
export async function drawDesigns(
  designs: readonly EmojiDesign[],
  onDrawn: (count: number) => void,
): Promise<readonly DesignImage[]> {
  const images = new Map<string, DesignImage>();
  for (let done = 0; done < designs.length; done += AT_ONCE) {
    const some = designs.slice(done, done + AT_ONCE);
    const drawn = await Promise.all(some.map(({ drawing }) => draw(drawing, LARGE)));
    for (const [number, design] of some.entries()) {
      const large = drawn[number] ?? new Uint8Array();
      const small = shrink(large, LARGE, SMALL);
      const key = Buffer.from(small.map(quantised)).toString('latin1');
      if (!images.has(key)) images.set(key, { ...design, large, small });
    }
    onDrawn(done + some.length);
  }
  return [...images.values()];
}

/** Sides of the images that nets are trained on, and of the few that the page shows. */
export const [SMALL, LARGE, SHOWN] = [16, 32, 64];

/** Enough to keep sharp's threads busy on any machine, and little enough to bound the memory. */
const AT_ONCE = 64;

/** A drawing on white, `size` pixels a side. */
export function flatDrawing({ body, viewBox }: EmojiDrawing, size: number): Sharp {
  const attributes = `width="${size}" height="${size}" viewBox="${viewBox}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body}</svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: '#ffffff' }).toColourspace('srgb').removeAlpha();
}

/** Renders a drawing on white, as RGB bytes [size, size, 3]. */
export async function draw(drawing: EmojiDrawing, size: number): Promise<Uint8Array> {
  const { data, info } = await flatDrawing(drawing, size).raw().toBuffer({ resolveWithObject: true });
  if (info.width !== size || info.height !== size || info.channels !== 3) {
    const { width, height, channels } = info;
    throw new Error(`drawing: came out as ${width}x${height}x${channels}: ${drawing.body.slice(0, 200)}`);
  }
  return data;
}
