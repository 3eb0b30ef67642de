import { expect, test } from 'vitest';
import { gone } from '../../testing/data/gone.ts';
import { MOST_IMAGE_BYTES, readImageFile } from './image-file.ts';

test('an image of one’s own is read, and refused by a sentence where it is too large or gone', async () => {
  expect(await readImageFile(new Blob([Uint8Array.of(1, 2)]), 'a.png')).toEqual(Uint8Array.of(1, 2));
  await expect(readImageFile(new Blob([new Uint8Array(MOST_IMAGE_BYTES + 1)]), 'a.png')).rejects.toThrow(
    'image: a.png has more than 32 MB; choose another file',
  );
  await expect(readImageFile(gone('a.png').blob, 'a.png')).rejects.toThrow(
    'image: a.png cannot be read (it is gone); choose it again',
  );
});
