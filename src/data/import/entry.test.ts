import { expect, test } from 'vitest';
import { SkippedFiles } from './entry.ts';

test('of skipped files that are not named, those in a folder count each', () => {
  const [all, folders] = [new SkippedFiles(), new SkippedFiles()];
  for (let nth = 0; nth < 49; nth++) all.add(`${nth}.txt`, 'a text');
  folders.add('a/', '7 images', 7);
  folders.add('b/', '10 images', 10);
  folders.add('c.png', 'damaged');
  all.addAll(folders);
  expect([all.named.length, all.count, all.more]).toEqual([50, 49 + 18, 11]);
});
