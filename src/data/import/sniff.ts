/**
 * File formats by their first bytes. Names do not count: a JPEG may be called `.jfif`, `.png` or nothing at all, and an
 * archive `data (1).gz`. CIFAR's binary files have no signature, so they are `unknown` here.
 */

import { type Sentence, sentence } from '../../language/sentence.ts';

/** Bytes from the beginning of a file that `sniff` looks at. A tar header has that many. */
export const SNIFFED_BYTES = 512;

/**
 * `image`: a raster image, which the browser may or may not decode · `archive`: opened here · `table`, `numbers`: read
 * here · `packed`: an archive that cannot be opened here · `weights` · `other`.
 */
type Role = 'image' | 'archive' | 'table' | 'numbers' | 'packed' | 'weights' | 'other';

/** The kinds of files that are told apart, and what each is for. What they are called: `kindSentence`. */
export const FILE_KINDS = {
  png: { role: 'image' },
  jpeg: { role: 'image' },
  webp: { role: 'image' },
  gif: { role: 'image' },
  bmp: { role: 'image' },
  avif: { role: 'image' },
  heic: { role: 'image' },
  tiff: { role: 'image' },
  jxl: { role: 'image' },
  jp2: { role: 'image' },
  ico: { role: 'image' },
  netpbm: { role: 'image' },
  svg: { role: 'other' },
  psd: { role: 'other' },
  zip: { role: 'archive' },
  tar: { role: 'archive' },
  gzip: { role: 'archive' },
  '7z': { role: 'packed' },
  rar: { role: 'packed' },
  xz: { role: 'packed' },
  bzip2: { role: 'packed' },
  zstd: { role: 'packed' },
  parquet: { role: 'table' },
  idx: { role: 'numbers' },
  npy: { role: 'other' },
  npz: { role: 'other' },
  arrow: { role: 'other' },
  mat: { role: 'other' },
  pickle: { role: 'other' },
  hdf5: { role: 'weights' },
  safetensors: { role: 'weights' },
  torch: { role: 'weights' },
  onnx: { role: 'weights' },
  tflite: { role: 'weights' },
  keras: { role: 'weights' },
  gguf: { role: 'weights' },
  lfs: { role: 'other' },
  html: { role: 'other' },
  json: { role: 'other' },
  text: { role: 'other' },
  pdf: { role: 'other' },
  office: { role: 'other' },
  video: { role: 'other' },
  audio: { role: 'other' },
  sqlite: { role: 'other' },
  program: { role: 'other' },
  empty: { role: 'other' },
  unknown: { role: 'other' },
} as const satisfies Readonly<Record<string, { readonly role: Role }>>;

/** A file format that `sniff` recognises. */
export type FileKind = keyof typeof FILE_KINDS;

/** What a file is, as in "it is a PNG image". */
export function kindSentence(kind: FileKind): Sentence {
  return sentence(`formats.kind.${kind}`);
}

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
