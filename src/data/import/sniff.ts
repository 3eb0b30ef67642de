/**
 * File formats by their first bytes. Names do not count: a JPEG may be called `.jfif`, `.png` or nothing at all, and an
 * archive `data (1).gz`. CIFAR's binary files have no signature, so they are `unknown` here.
 */

/** Bytes from the beginning of a file that `sniff` looks at. A tar header has that many. */
export const SNIFFED_BYTES = 512;

/**
 * `image`: a raster image, which the browser may or may not decode · `archive`: opened here · `table`, `numbers`: read
 * here · `packed`: an archive that cannot be opened here · `weights` · `other`.
 */
type Role = 'image' | 'archive' | 'table' | 'numbers' | 'packed' | 'weights' | 'other';

/** The kinds of files that are told apart, what each is for, and its name in a sentence. */
export const FILE_KINDS = {
  png: { role: 'image', noun: 'a PNG image' },
  jpeg: { role: 'image', noun: 'a JPEG image' },
  webp: { role: 'image', noun: 'a WebP image' },
  gif: { role: 'image', noun: 'a GIF image' },
  bmp: { role: 'image', noun: 'a BMP image' },
  avif: { role: 'image', noun: 'an AVIF image' },
  heic: { role: 'image', noun: 'a HEIC image' },
  tiff: { role: 'image', noun: 'a TIFF image' },
  jxl: { role: 'image', noun: 'a JPEG XL image' },
  jp2: { role: 'image', noun: 'a JPEG 2000 image' },
  ico: { role: 'image', noun: 'an icon (ICO)' },
  netpbm: { role: 'image', noun: 'a Netpbm image' },
  svg: { role: 'other', noun: 'an SVG drawing' },
  psd: { role: 'other', noun: 'a Photoshop file' },
  zip: { role: 'archive', noun: 'a zip archive' },
  tar: { role: 'archive', noun: 'a tar archive' },
  gzip: { role: 'archive', noun: 'a gzip file' },
  '7z': { role: 'packed', noun: 'a 7z archive' },
  rar: { role: 'packed', noun: 'a RAR archive' },
  xz: { role: 'packed', noun: 'an xz file' },
  bzip2: { role: 'packed', noun: 'a bzip2 file' },
  zstd: { role: 'packed', noun: 'a Zstandard file' },
  parquet: { role: 'table', noun: 'a Parquet file' },
  idx: { role: 'numbers', noun: 'an IDX file' },
  npy: { role: 'other', noun: 'a NumPy array (npy)' },
  npz: { role: 'other', noun: 'an archive of NumPy arrays (npz)' },
  arrow: { role: 'other', noun: 'an Arrow file' },
  mat: { role: 'other', noun: 'a MATLAB file' },
  pickle: { role: 'other', noun: 'a Python pickle' },
  hdf5: { role: 'weights', noun: 'an HDF5 file' },
  safetensors: { role: 'weights', noun: 'a safetensors file' },
  torch: { role: 'weights', noun: 'a PyTorch checkpoint' },
  onnx: { role: 'weights', noun: 'an ONNX model' },
  tflite: { role: 'weights', noun: 'a TensorFlow Lite model' },
  keras: { role: 'weights', noun: 'a Keras model' },
  gguf: { role: 'weights', noun: 'a GGUF file' },
  lfs: { role: 'other', noun: 'a Git LFS pointer, which stands for a file that was not downloaded' },
  html: { role: 'other', noun: 'a web page' },
  json: { role: 'other', noun: 'a JSON file' },
  text: { role: 'other', noun: 'a text file' },
  pdf: { role: 'other', noun: 'a PDF' },
  office: { role: 'other', noun: 'an office document' },
  video: { role: 'other', noun: 'a video' },
  audio: { role: 'other', noun: 'a sound file' },
  sqlite: { role: 'other', noun: 'an SQLite database' },
  program: { role: 'other', noun: 'a program' },
  empty: { role: 'other', noun: 'an empty file' },
  unknown: { role: 'other', noun: 'a file of an unknown kind' },
} as const satisfies Readonly<Record<string, { readonly role: Role; readonly noun: string }>>;

/** A file format that `sniff` recognises. */
export type FileKind = keyof typeof FILE_KINDS;

/** Signatures at the beginning of a file; `.` stands for any byte. */
const SIGNATURES: readonly (readonly [kind: FileKind, signature: string])[] = [
  ['png', '\x89PNG\r\n\x1a\n'],
  ['jpeg', '\xff\xd8\xff'],
  ['webp', 'RIFF....WEBP'],
  ['audio', 'RIFF....WAVE'],
  ['video', 'RIFF....AVI '],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['jxl', '\xff\x0a'],
  ['jxl', '\0\0\0\x0cJXL '],
  ['jp2', '\0\0\0\x0cjP  '],
  ['ico', '\0\0\x01\0'],
  ['psd', '8BPS'],
  ['gzip', '\x1f\x8b'],
  ['7z', '7z\xbc\xaf\x27\x1c'],
  ['rar', 'Rar!\x1a\x07'],
  ['xz', '\xfd7zXZ\0'],
  ['zstd', '\x28\xb5\x2f\xfd'],
  ['parquet', 'PAR1'],
  ['parquet', 'PARE'],
  ['npy', '\x93NUMPY'],
  ['arrow', 'ARROW1'],
  ['mat', 'MATLAB 5.0'],
  ['hdf5', '\x89HDF\r\n\x1a\n'],
  ['gguf', 'GGUF'],
  ['lfs', 'version https://git-lfs'],
  ['pdf', '%PDF-'],
  ['office', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['video', '\x1aE\xdf\xa3'],
  ['audio', 'ID3'],
  ['audio', 'OggS'],
  ['audio', 'fLaC'],
  ['sqlite', 'SQLite format 3\0'],
  ['program', '\x7fELF'],
  ['program', 'MZ\x90\0'],
];

/** A local file header, the end of an empty archive, and the mark of one that was made for several disks. */
const ZIP = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'];
const BMP_HEADERS = [12, 40, 52, 56, 64, 108, 124];
const IDX_TYPES = [8, 9, 0xb, 0xc, 0xd, 0xe];

/** The format of a file that begins with these bytes. `SNIFFED_BYTES` are enough; pass all bytes of a shorter file. */
export function sniff(head: Uint8Array): FileKind {
  if (head.length === 0) return 'empty';
  const start = charactersOf(head.subarray(0, SNIFFED_BYTES));
  // Before the signatures: the length of its header may be as one of them.
  if (start.startsWith('\0\0\0\0{', 4) && !start.startsWith('\0\0\0\0')) return 'safetensors';
  const found = SIGNATURES.find(([, signature]) => startsWith(start, signature));
  if (found !== undefined) return found[0];
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (ZIP.some((signature) => start.startsWith(signature))) return zipKind(start, view);
  if (/^BZh[1-9]/.test(start)) return 'bzip2';
  if (start.slice(4, 8) === 'ftyp') return mediaKind(start);
  if (start.slice(4, 8) === 'TFL3') return 'tflite';
  if (start.startsWith('BM') && view.byteLength >= 18 && BMP_HEADERS.includes(view.getUint32(14, true))) return 'bmp';
  if (/^P[1-6]\s+(#|\d)/.test(start)) return 'netpbm';
  if (isTarHeader(head)) return 'tar';
  if (start.startsWith('\0\0') && IDX_TYPES.includes(head[2] ?? 0) && within(head[3], 1, 4)) return 'idx';
  if (head[0] === 0x80 && within(head[1], 2, 5)) return 'pickle';
  // The version of the format, then the name of the program that wrote it.
  if (head[0] === 8 && within(head[1], 1, 15) && head[2] === 0x12 && /^[\w.-]{2}/.test(start.slice(4))) return 'onnx';
  return textKind(head);
}

/** A character a byte. Not by a `TextDecoder`: what the web calls Latin-1 is another encoding from 0x80 to 0x9f. */
function charactersOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** Whether the bytes are those of a raster image of any kind. */
export function isImage(head: Uint8Array): boolean {
  return FILE_KINDS[sniff(head)].role === 'image';
}

function within(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && value >= least && value <= most;
}

function startsWith(start: string, signature: string): boolean {
  return (
    start.length >= signature.length &&
    [...signature].every((character, at) => character === '.' || start[at] === character)
  );
}

/** Several formats are zip archives by their first entry's name. */
function zipKind(start: string, view: DataView): FileKind {
  if (view.byteLength < 30) return 'zip';
  const name = start.slice(30, 30 + view.getUint16(26, true));
  if (/^[^/]+\.npy$/.test(name)) return 'npz';
  if (/^[^/]+\/(data\.pkl|\.format_version|\.storage_alignment|byteorder|version)$/.test(name)) return 'torch';
  if (/^(\[Content_Types\]\.xml|_rels\/|mimetype$)/.test(name)) return 'office';
  return name === 'metadata.json' || name === 'model.weights.h5' ? 'keras' : 'zip';
}

/** Files of the ISO base media format name what they are by brands. */
function mediaKind(start: string): FileKind {
  const length = Math.min(start.charCodeAt(2) * 256 + start.charCodeAt(3), 64);
  const brands = start.slice(8, length);
  if (/avi[fs]/.test(brands)) return 'avif';
  return /hei[cxms]|hev[cxms]|mif1|msf1/.test(brands) ? 'heic' : 'video';
}

/** A tar header has a checksum of its own bytes, in which the checksum counts as spaces. Old archives have no `ustar`. */
function isTarHeader(head: Uint8Array): boolean {
  if (head.length < SNIFFED_BYTES) return false;
  const written = charactersOf(head.subarray(148, 156)).replaceAll('\0', ' ').trim();
  if (!/^[0-7]{1,8}$/.test(written)) return false;
  let sum = 0;
  for (let at = 0; at < SNIFFED_BYTES; at++) sum += at >= 148 && at < 156 ? 0x20 : (head[at] ?? 0);
  return sum === Number.parseInt(written, 8);
}

function textKind(head: Uint8Array): FileKind {
  const part = head.subarray(0, SNIFFED_BYTES);
  const text = new TextDecoder('utf-8').decode(part, { stream: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no text has these.
  if (/[\0-\x08\x0e-\x1a\x1c-\x1f\ufffd]/.test(text)) return 'unknown';
  const start = text.trimStart().toLowerCase();
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return 'html';
  if (start.startsWith('<svg') || (start.startsWith('<?xml') && start.includes('<svg'))) return 'svg';
  return /^[{[]/.test(start) ? 'json' : 'text';
}
