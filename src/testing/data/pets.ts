import { zipSync } from 'fflate';
import { pngOf } from './true-formats.ts';

/** A zip with folders of two classes that differ in colour, 20 images each, and with these files beside them. */
export function petsZip(others: Readonly<Record<string, Uint8Array>> = {}): Uint8Array {
  const images = Array.from({ length: 40 }, (_, n) => {
    const isCat = n % 2 === 0;
    return [`pets/${isCat ? 'cat' : 'dog'}/${n}.png`, isCat ? pngOf(200, 40 + n, 40) : pngOf(40, 40 + n, 200)] as const;
  });
  return zipSync({ ...Object.fromEntries(images), ...others });
}
