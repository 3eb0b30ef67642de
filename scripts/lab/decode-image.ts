import sharp from 'sharp';
import { type DecodeImage, imageError, pngsOr } from '../../src/data/import/decode-image.ts';
import { sniff } from '../../src/data/import/sniff.ts';
import { decodeBmp } from './decode-bmp.ts';

const MOST_PIXELS = 64 * 2 ** 20;

/**
 * Any image that sharp knows, as the page would show it: turned as its EXIF says, in sRGB, of an animation the first
 * picture, on white. PNGs in sRGB are decoded as in the page, so that their pixels are the same; those of other formats
 * may differ from a browser's by a step or two, since decoders round and enlarge in their own ways.
 */
export const decodeInNode: DecodeImage = pngsOr(async (bytes, name) => {
  if (sniff(bytes) === 'bmp') return decodeBmp(bytes, name);
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS, pages: 1, failOn: 'error' })
      .rotate()
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: new Uint8Array(data) };
  } catch (cause) {
    throw imageError(name, 'does not decode', cause);
  }
});
