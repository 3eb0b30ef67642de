import { drawAll } from './draw.ts';
import type { Drawing, IconSet } from './sets.ts';
import type { Emoji } from './unicode.ts';

/** An emoji as one designer draws it. */
export interface Design {
  /** Index of the emoji. */
  readonly emoji: number;
  /** Index of the designer's set. */
  readonly designer: number;
  readonly drawing: Drawing;
}

export interface DesignImage extends Design {
  /** RGB bytes, [32, 32, 3]. */
  readonly tile: Buffer;
}

/** Every drawing of every emoji: designer by designer, which compresses best, each in the order of `emoji`. */
export function listDesigns(emoji: readonly Emoji[], sets: readonly IconSet[]): readonly Design[] {
  return sets.flatMap(({ drawings }, designer) =>
    emoji.flatMap(({ points }, number) => {
      const drawing = drawings.get(points);
      return drawing === undefined ? [] : [{ emoji: number, designer, drawing }];
    }),
  );
}

/**
 * The designs, drawn. Where images are the same to the last byte (France and Saint Martin; many of OpenMoji's men and
 * persons) only the first stays: otherwise some images would be for training and for testing at once.
 */
export async function drawDesigns(
  designs: readonly Design[],
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
