import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Credit } from '../../src/data/sources/emoji-index.ts';
import { pointsOf } from './unicode.ts';

/** The designers, by the names of their classes, and the packages that hold their drawings. */
export const SETS = [
  ['Noto', '@iconify-json/noto'],
  ['Twemoji', '@iconify-json/twemoji'],
  ['Fluent', '@iconify-json/fluent-emoji-flat'],
  ['OpenMoji', '@iconify-json/openmoji'],
] as const;

/** One designer's drawings. */
export interface IconSet {
  readonly designer: string;
  /** By code points (see `pointsOf`). */
  readonly drawings: ReadonlyMap<string, EmojiDrawing>;
  readonly credit: Credit;
}

/** An SVG drawing of an emoji. */
export interface EmojiDrawing {
  /** The content of the SVG element. */
  readonly body: string;
  readonly viewBox: string;
}

const size = v.optional(v.number());
const iconsSchema = v.object({
  width: v.number(),
  height: v.number(),
  icons: v.record(v.string(), v.object({ body: v.string(), left: size, top: size, width: size, height: size })),
});
const infoSchema = v.object({
  name: v.string(),
  author: v.object({ name: v.string(), url: v.string() }),
  license: v.object({ title: v.string(), url: v.string() }),
});

/** Reads one of `SETS` from its package. */
export async function readIconSet(designer: string, packageName: string): Promise<IconSet> {
  const [set, names, info, { version }] = await Promise.all([
    readJson(packageName, 'icons.json', iconsSchema),
    readJson(packageName, 'chars.json', v.record(v.string(), v.string())),
    readJson(packageName, 'info.json', infoSchema),
    readJson(packageName, 'package.json', v.object({ version: v.string() })),
  ]);
  const drawings = Object.entries(names).flatMap(([hex, name]): readonly [string, EmojiDrawing][] => {
    const icon = set.icons[name];
    if (icon === undefined) return [];
    const { body, left = 0, top = 0, width = set.width, height = set.height } = icon;
    return [[pointsOf(hex), { body, viewBox: `${left} ${top} ${width} ${height}` }]];
  });
  return {
    designer,
    drawings: new Map(drawings),
    credit: {
      set: info.name,
      author: info.author.name,
      licence: info.license.title,
      licenceUrl: info.license.url,
      url: info.author.url,
      version: `${packageName} ${version}`,
    },
  };
}

async function readJson<T>(packageName: string, file: string, schema: v.GenericSchema<unknown, T>): Promise<T> {
  const path = fileURLToPath(import.meta.resolve(`${packageName}/${file}`));
  return v.parse(schema, JSON.parse(await readFile(path, 'utf8')));
}
