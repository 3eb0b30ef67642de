import sharp from 'sharp';
import { DataError } from '../../src/data/error.ts';
import { type DecodeImage, decodePng } from '../../src/data/import/decode-image.ts';
import { FILE_KINDS, sniff } from '../../src/data/import/sniff.ts';
import { printable } from '../../src/spec/quote.ts';
import { decodeBmp } from './decode-bmp.ts';

const MOST_PIXELS = 64 * 2 ** 20;
const REMEDY = 'leave it out or save it again as PNG or JPEG';

/**
 * Any image that the page knows, in Node: PNGs to the same pixels as there, others as sharp decodes them, upright and on
 * white.
 */
export const decodeInNode: DecodeImage = async (bytes, name) => {
  const kind = sniff(bytes);
  if (kind === 'bmp') return decodeBmp(bytes, printable(name));
  if (kind === 'png') {
    try {
      return decodePng(bytes, name);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      // Browsers show some that are not as they should be, and so does sharp.
    }
  }
  try {
    const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    const { data, info } = await image
      .rotate()
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: rgbOf(data, info.channels) };
  } catch (cause) {
    throw new DataError('image', `${printable(name)}, ${FILE_KINDS[kind].noun}, does not decode`, REMEDY, cause);
  }
};

function rgbOf(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return new Uint8Array(data);
  const rgb = new Uint8Array((data.length / channels) * 3);
  for (let pixel = 0; pixel * channels < data.length; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      rgb[pixel * 3 + channel] = data[pixel * channels + (channels < 3 ? 0 : channel)] ?? 0;
    }
  }
  return rgb;
}
