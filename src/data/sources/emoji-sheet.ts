import { type DecodedPng, decode } from 'fast-png';
import { PICTURE_BYTES, PICTURE_SIZE } from '../album.ts';
import { DataError } from '../error.ts';
import { EMOJI_REMEDY, type EmojiIndex, INDEX_NAME, SHEET_NAME } from './emoji-index.ts';

/**
 * The sheet's images one after the other, RGB bytes [count, 32, 32, 3], from the bytes of emoji.png.
 * Throws `DataError` if the file is cut short, damaged or not the one that the index describes.
 */
export function decodeEmojiSheet(png: Uint8Array, index: EmojiIndex): Uint8Array {
  const { bytes, columns, tile } = index.sheet;
  if (png.length < bytes) throw sheetError(`is cut short (${png.length} of ${bytes} bytes)`);
  if (png.length > bytes) throw sheetError(`has ${png.length} bytes where ${INDEX_NAME} says ${bytes}`);
  const sheet = decodePng(png);
  const count = index.images.emoji.length;
  const width = columns * tile;
  const height = Math.ceil(count / columns) * tile;
  const found = `${sheet.width}x${sheet.height} pixels of ${sheet.channels} channels, ${sheet.depth} bits`;
  const expected = `${width}x${height} pixels of 3 channels, 8 bits`;
  if (found !== expected) throw sheetError(`has ${found} where ${INDEX_NAME} says ${expected}`);
  if (tile !== PICTURE_SIZE) throw sheetError(`has images of ${tile} pixels where ${PICTURE_SIZE} were expected`);
  return cutTiles(sheet, count, columns);
}

function decodePng(png: Uint8Array): DecodedPng {
  try {
    return decode(png, { checkCrc: true });
  } catch (cause) {
    throw sheetError('is damaged', cause);
  }
}

function cutTiles(sheet: DecodedPng, count: number, columns: number): Uint8Array {
  const images = new Uint8Array(count * PICTURE_BYTES);
  const rowBytes = PICTURE_SIZE * 3;
  for (let image = 0; image < count; image++) {
    const left = (image % columns) * rowBytes;
    const top = Math.floor(image / columns) * PICTURE_SIZE;
    for (let y = 0; y < PICTURE_SIZE; y++) {
      const from = (top + y) * columns * rowBytes + left;
      images.set(sheet.data.subarray(from, from + rowBytes), image * PICTURE_BYTES + y * rowBytes);
    }
  }
  return images;
}

function sheetError(problem: string, cause?: unknown): DataError {
  return new DataError('data file', `${SHEET_NAME} ${problem}`, EMOJI_REMEDY, cause);
}
