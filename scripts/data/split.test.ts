import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DecodedImages } from '../../src/data/decoded-images.ts';
import { loadEmoji } from '../../src/data/sources/emoji.ts';
import { INDEX_NAME, parseEmojiIndex } from '../../src/data/sources/emoji-index.ts';
import { noise } from '../../src/testing/data/synthetic.ts';
import { readFolder } from './files.ts';
import { familiesOf, kinOf } from './kinship.ts';
import { NEAR_TWIN, nearTwins } from './near-twins.ts';
import { type Emoji, hexOf, pointsOf } from './unicode.ts';

const folder = new URL('../../public/data/', import.meta.url);
const kinOfCharacters = (characters: string) => kinOf(pointsOf(hexOf(characters)));

describe('variants of one drawing are kin', () => {
  test.each([
    ['gender', ['🦸', '🦸‍♀️', '🦸‍♂️']],
    ['a person, man and woman, their hair and skin', ['🧑', '👨', '👩', '👩🏽', '👨‍🦰', '🧑‍🦲']],
    ['professions', ['🧑', '🧑‍🚀', '👩‍🌾', '👨🏿‍⚖️']],
    ['age apart from gender', ['🧒', '👦', '👧']],
    ['direction', ['🏃', '🏃‍♀️‍➡️', '🏃‍➡️']],
    ['families', ['👪', '👨‍👩‍👧', '👩‍👦', '🧑‍🧑‍🧒']],
    ['couples', ['💑', '👩‍❤️‍👨', '👨‍❤️‍👨']],
    ['titles', ['🤴', '👸', '🫅']],
  ])('%s', (_, variants) => {
    expect(new Set(variants.map(kinOfCharacters)).size).toBe(1);
  });

  test('other drawings are not', () => {
    const others = ['🧑', '🧒', '🧓', '🦸', '🏃', '👪', '💑', '💏', '🐕', '🇳🇴', '🇧🇻', '🏴‍☠️', '🐻‍❄️', '🐻'];
    expect(new Set(others.map(kinOfCharacters)).size).toBe(others.length);
  });

  test('with those that are drawn alike, and theirs', () => {
    const emoji = ['🦸', '🐕', '🦸‍♀️', '🐈', '🐁'].map((characters): Emoji => {
      return { characters, name: '', group: 0, points: pointsOf(hexOf(characters)) };
    });
    expect(familiesOf(emoji, [[2, 3]])).toEqual([0, 1, 0, 0, 4]);
  });
});

test('near twins are the pairs whose root mean square difference is below the limit', () => {
  const image = noise(16 * 16 * 3, 'image').map((byte) => byte >> 1);
  const images = Uint8Array.from([...image, ...image.map((byte) => byte + 14), ...image.map((byte) => byte + 30)]);
  expect(nearTwins(images, 16)).toEqual([[0, 1]]);
  expect(nearTwins(images, 16, 17)).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

describe('the split of the emoji in public/data', () => {
  let decoded: DecodedImages;
  beforeAll(async () => {
    decoded = await loadEmoji(readFolder(fileURLToPath(folder)), 16);
  });

  test('has no kin on both sides', async () => {
    const { emoji } = parseEmojiIndex(await readFile(new URL(INDEX_NAME, folder)));
    const kin = emoji.characters.map(kinOfCharacters);
    const trained = new Set(kin.filter((_, number) => emoji.test[number] === 0));
    expect(emoji.characters.filter((_, number) => emoji.test[number] === 1 && trained.has(kin[number] ?? ''))).toEqual(
      [],
    );
  });

  test('has no near twins on both sides', () => {
    const { train, test } = decoded;
    const count = train.names.length;
    const all = Uint8Array.from(Buffer.concat([train.images, test.images]));
    const across = nearTwins(all, 16, NEAR_TWIN).filter(([a, b]) => a < count !== b < count);
    expect(across).toEqual([]);
  }, 60_000);
});
