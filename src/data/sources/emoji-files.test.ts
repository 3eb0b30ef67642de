import { describe, expect, it } from 'vitest';
import { readTable } from '../../testing/data/synthetic.ts';
import { tinyIndex, tinySheet, toBytes } from '../../testing/data/tiny-emoji.ts';
import { DataError } from '../dataset.ts';
import { loadEmoji } from './emoji.ts';

const sheet = tinySheet();
const index = tinyIndex(sheet.length);

/** Why these two files cannot be used. */
async function problem(png: Uint8Array | undefined, json: Uint8Array | undefined): Promise<string> {
  const files = { ...(png && { 'emoji.png': png }), ...(json && { 'emoji.json': json }) };
  const error: unknown = await loadEmoji(readTable(files)).catch((reason: unknown) => reason);
  return error instanceof DataError ? error.message : `no DataError: ${String(error)}`;
}

const REMEDY = 'run "npm run data" or reload the page';

describe('emoji files that cannot be used are named, with what to do', () => {
  it('a missing index or sheet', async () => {
    expect(await problem(sheet, undefined)).toBe(
      `data file: emoji.json cannot be read (no such file: emoji.json); ${REMEDY}`,
    );
    expect(await problem(undefined, toBytes(index))).toBe(
      `data file: emoji.png cannot be read (no such file: emoji.png); ${REMEDY}`,
    );
  });

  it('a sheet cut short', async () => {
    expect(await problem(sheet.subarray(0, 100), toBytes(index))).toBe(
      `data file: emoji.png is cut short (100 of ${sheet.length} bytes); ${REMEDY}`,
    );
  });

  it('a sheet of another index', async () => {
    const longer = Uint8Array.from([...sheet, 0]);
    expect(await problem(longer, toBytes(index))).toMatch(/^data file: emoji.png has \d+ bytes where emoji.json says/);
  });

  it('a sheet with a wrong byte in it', async () => {
    const damaged = Uint8Array.from(sheet);
    damaged[60] = (damaged[60] ?? 0) ^ 1;
    expect(await problem(damaged, toBytes(index))).toBe(`data file: emoji.png is damaged; ${REMEDY}`);
  });

  it('a sheet of other dimensions', async () => {
    const wide = tinySheet(4);
    expect(await problem(wide, toBytes(tinyIndex(wide.length)))).toBe(
      'data file: emoji.png has 128x64 pixels of 3 channels, 8 bits where emoji.json says ' +
        `96x64 pixels of 3 channels, 8 bits; ${REMEDY}`,
    );
  });

  it('an index cut short, or a page of HTML in its place', async () => {
    const json = toBytes(index);
    expect(await problem(sheet, json.subarray(0, 50))).toBe(
      `data file: emoji.json is not JSON, or cut short (50 bytes); ${REMEDY}`,
    );
    expect(await problem(sheet, new TextEncoder().encode('<!doctype html>'))).toMatch(/emoji.json is not JSON/);
  });

  it('an index of another format', async () => {
    expect(await problem(sheet, toBytes({ ...index, format: 2 }))).toMatch(
      /emoji.json is not an index of format 1 \(for/,
    );
    expect(await problem(sheet, toBytes([]))).toMatch(/emoji.json is not an index of format 1/);
  });

  it.each([
    ['a missing name', { emoji: { ...index.emoji, names: ['cat'] } }, '1 emoji.names where 3'],
    ['an image of no emoji', { images: { ...index.images, emoji: [0, 1, 2, 0, 3] } }, '3 in images.emoji'],
    ['an image without a designer', { images: { ...index.images, designers: [0] } }, '1 images.designers where 5'],
    ['a designer beyond the list', { designers: ['Ann'], credits: [index.credits[0]] }, '1 in images.designers'],
    ['an emoji of no group', { groups: ['Animals'] }, '1 in emoji.groups'],
  ])('an index that contradicts itself: %s', async (_, change, said) => {
    expect(await problem(sheet, toBytes({ ...index, ...change }))).toContain(`data file: emoji.json has ${said}`);
  });
});
