import { describe, expect, it } from 'vitest';
import { readTable } from '../../testing/data/synthetic.ts';
import { tinyFiles, tinyIndex, toBytes } from '../../testing/data/tiny-emoji.ts';
import { DataError } from '../dataset.ts';
import { loadEmoji } from './emoji.ts';

const files = tinyFiles();
const sheet = files['emoji-2-16.tiles'] ?? new Uint8Array();
const index = tinyIndex();

/** Why these files cannot be used. */
async function problem(changed: Readonly<Record<string, Uint8Array | undefined>>): Promise<string> {
  const present = Object.entries({ ...files, ...changed }).filter(([, bytes]) => bytes !== undefined);
  const table = Object.fromEntries(present.map(([name, bytes]) => [name, bytes ?? new Uint8Array()]));
  const error: unknown = await loadEmoji(readTable(table), 16).catch((reason: unknown) => reason);
  return error instanceof DataError ? error.message : `no DataError: ${String(error)}`;
}
const withSheet = (bytes: Uint8Array) => problem({ 'emoji-2-16.tiles': bytes });
const withIndex = (bytes: Uint8Array) => problem({ 'emoji-2-index.json': bytes });

const REMEDY = 'run "npm run data" or reload the page';

describe('emoji files that cannot be used are named, with what to do', () => {
  it.each(['emoji-2-index.json', 'emoji-2-16.tiles', 'emoji-2-samples.tiles'])(
    '%s where it is missing',
    async (name) => {
      expect(await problem({ [name]: undefined })).toBe(
        `data file: ${name} cannot be read (no such file: ${name}); ${REMEDY}`,
      );
    },
  );

  it('but not the sheet of another size', async () => {
    expect(await problem({ 'emoji-2-32.tiles': undefined })).toMatch(/^no DataError/);
  });

  it('a sheet cut short', async () => {
    expect(await withSheet(sheet.subarray(0, 20))).toBe(
      `data file: emoji-2-16.tiles is cut short (20 of ${sheet.length} bytes); ${REMEDY}`,
    );
  });

  it('a sheet of another index', async () => {
    expect(await withSheet(Uint8Array.from([...sheet, 0]))).toMatch(
      /^data file: emoji-2-16.tiles has \d+ bytes where emoji-2-index.json says/,
    );
  });

  it('a sheet with a wrong bit in it', async () => {
    const damaged = Uint8Array.from(sheet);
    damaged[20] = (damaged[20] ?? 0) ^ 1;
    expect(await withSheet(damaged)).toBe(`data file: emoji-2-16.tiles is damaged; ${REMEDY}`);
  });

  it('an index without the sheet', async () => {
    expect(await withIndex(toBytes({ ...index, sheets: index.sheets.slice(1) }))).toBe(
      `data file: emoji-2-index.json names no sheet emoji-2-16.tiles; ${REMEDY}`,
    );
  });

  it('an index cut short, or a page of HTML in its place', async () => {
    const json = toBytes(index);
    expect(await withIndex(json.subarray(0, 50))).toBe(
      `data file: emoji-2-index.json is not JSON, or cut short (50 bytes); ${REMEDY}`,
    );
    expect(await withIndex(new TextEncoder().encode('<!doctype html>'))).toMatch(/emoji-2-index.json is not JSON/);
  });

  it('an index of another format', async () => {
    expect(await withIndex(toBytes({ ...index, format: 1 }))).toMatch(
      /emoji-2-index.json is not an index of format 2 \(for/,
    );
    expect(await withIndex(toBytes([]))).toMatch(/emoji-2-index.json is not an index of format 2/);
  });

  it.each([
    ['a missing name', { emoji: { ...index.emoji, names: ['cat'] } }, '1 emoji.names where 3'],
    ['a sample that is no image', { samples: { ...index.samples, images: [5] } }, '5 in samples.images'],
    ['an image of no emoji', { images: { ...index.images, emoji: [0, 1, 2, 0, 3] } }, '3 in images.emoji'],
    ['an image without a designer', { images: { ...index.images, designers: [0] } }, '1 images.designers where 5'],
    ['a designer beyond the list', { designers: ['Ann'], credits: [index.credits[0]] }, '1 in images.designers'],
    ['an emoji of no group', { groups: ['Animals'] }, '1 in emoji.groups'],
  ])('an index that contradicts itself: %s', async (_, change, said) => {
    expect(await withIndex(toBytes({ ...index, ...change }))).toContain(`data file: emoji-2-index.json has ${said}`);
  });
});
