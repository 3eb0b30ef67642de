import { describe, expect, it } from 'vitest';
import { isClutter, normalisePath, plainName } from './paths.ts';

describe('a path is written the same way whatever it came from', () => {
  it.each([
    ['pets/cat/1.png', 'pets/cat/1.png'],
    ['./pets//cat/./1.png', 'pets/cat/1.png'],
    ['pets\\cat\\1.png', 'pets/cat/1.png'],
    ['C:\\Users\\me\\cat\\1.png', 'Users/me/cat/1.png'],
    ['/home/me/cat/1.png', 'home/me/cat/1.png'],
    ['\\\\server\\share\\cat\\1.png', 'server/share/cat/1.png'],
    ['pets/bird/../cat/1.png', 'pets/cat/1.png'],
    ['cafe\u0301/1.png', 'caf\u00e9/1.png'],
    ['cat/1.png\0junk', 'cat/1.png'],
    ['a:b/1.png', 'a:b/1.png'],
    ['../cat/1.png', null],
    ['pets/../../cat/1.png', null],
    ['..\\cat\\1.png', null],
  ])('%j', (raw, path) => {
    expect(normalisePath(raw)).toBe(path);
  });
});

describe('what systems leave behind is no file of a person’s', () => {
  it.each([
    '.DS_Store',
    'cat/._1.png',
    '__MACOSX/cat/1.png',
    'cat/@eaDir/1.png/SYNOPHOTO_THUMB.jpg',
    'Thumbs.db',
    'cat/desktop.ini',
    'cat/.ipynb_checkpoints/1.png',
    '$RECYCLE.BIN/1.png',
  ])('%s', (path) => {
    expect(isClutter(path)).toBe(true);
  });

  it('but others are', () => {
    expect(['cat/1.png', 'thumbs/1.png', 'a.b/1..png'].some(isClutter)).toBe(false);
  });
});

it('a copy has the name of what it is of', () => {
  const copies = ['a.bin (1).gz', 'a.bin - Copy', 'a (2).bin', 'a - Copy (3).bin', 'a.bin.gz', 'a.bin', 'a - 副本.bin'];
  expect(copies.map(plainName)).toEqual(copies.map(() => 'a.bin'));
});
