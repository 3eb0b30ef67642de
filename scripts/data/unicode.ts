import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';

/** Unicode's groups of emoji and what the playground calls them. Skin tones and hair ('Component') are left out. */
export const GROUPS = [
  ['Smileys & Emotion', 'Smileys'],
  ['People & Body', 'People'],
  ['Animals & Nature', 'Animals'],
  ['Food & Drink', 'Food'],
  ['Travel & Places', 'Travel'],
  ['Activities', 'Activities'],
  ['Objects', 'Objects'],
  ['Symbols', 'Symbols'],
  ['Flags', 'Flags'],
] as const;

/** An emoji as Unicode lists it. */
export interface Emoji {
  readonly characters: string;
  readonly name: string;
  /** Index into `GROUPS`. */
  readonly group: number;
  /** See `pointsOf`. */
  readonly points: string;
}

const emojiSchema = v.record(v.string(), v.object({ name: v.string(), group: v.string() }));

/** All emoji but skin-tone variants, in Unicode's order. */
export async function readEmoji(): Promise<readonly Emoji[]> {
  const file = fileURLToPath(import.meta.resolve('unicode-emoji-json/data-by-emoji.json'));
  const table = v.parse(emojiSchema, JSON.parse(await readFile(file, 'utf8')));
  return Object.entries(table).flatMap(([characters, { name, group }]) => {
    const number = GROUPS.findIndex(([title]) => title === group);
    return number < 0 ? [] : [{ characters, name, group: number, points: pointsOf(hexOf(characters)) }];
  });
}

/**
 * Code points like "0023-FE0F-20E3" in the one spelling by which emoji and icons are matched: without leading
 * zeros, and without the variation selector FE0F, which sets differ about.
 */
export function pointsOf(hex: string): string {
  const points = hex.split('-').map((point) => Number.parseInt(point, 16).toString(16));
  return points.filter((point) => point !== 'fe0f').join('-');
}

/** The code points of a text in hexadecimal, with hyphens between them. */
export function hexOf(characters: string): string {
  return Array.from(characters, (character) => (character.codePointAt(0) ?? 0).toString(16)).join('-');
}
