import { printable } from '../spec/quote.ts';
import { DataError } from './error.ts';

/** What a file is wanted for. */
export type Purpose = 'weights' | 'images';

interface Kind {
  /** How a sentence names it: "x.bin is an HDF5 file". */
  readonly is: string;
  /** What to do where it is given for this purpose; null where it is what is wanted. */
  readonly remedy: Readonly<Record<Purpose, string | null>>;
}

const SAVE_TORCH =
  'save its state_dict by Python: safetensors.torch.save_file(model.state_dict(), "net.safetensors"), and choose that';
const SAFETENSORS = 'choose a .safetensors file';
const IMAGES = 'give images (PNG, JPEG, WebP, GIF, BMP or AVIF) in one folder a class, or a zip or tar.gz of them';
const EXTRACT = 'unpack it, and give the folder, or a zip or tar.gz of it';
const BINARY_CIFAR =
  'choose the archive or the folder of the "binary version" from https://www.cs.toronto.edu/~kriz/cifar.html';
const DOWNLOAD = 'download the file itself';

const other = (is: string, weights = SAFETENSORS, images: string = IMAGES): Kind => ({
  is,
  remedy: { weights, images },
});
const image = (is: string): Kind => ({ is, remedy: { weights: SAFETENSORS, images: null } });
const container = (is: string): Kind => ({
  is,
  remedy: { weights: `unpack it, and ${SAFETENSORS}`, images: null },
});

/** What is known by its bytes. The sentence for every file that is not what is wanted is made from this table. */
export const KINDS = {
  safetensors: { is: 'a safetensors file, which holds weights', remedy: { weights: null, images: IMAGES } },
  png: image('a PNG image'),
  jpeg: image('a JPEG image'),
  gif: image('a GIF image'),
  webp: image('a WebP image'),
  bmp: image('a BMP image'),
  avif: image('an AVIF image'),
  ico: image('an icon'),
  heic: other('a HEIC image', SAFETENSORS, 'save it as JPEG or PNG; few browsers show HEIC'),
  tiff: other('a TIFF image', SAFETENSORS, 'save it as PNG; few browsers show TIFF'),
  jxl: other('a JPEG XL image', SAFETENSORS, 'save it as PNG; few browsers show JPEG XL'),
  jpeg2000: other('a JPEG 2000 image', SAFETENSORS, 'save it as PNG; browsers do not show JPEG 2000'),
  psd: other('a Photoshop document', SAFETENSORS, 'save it as PNG'),
  svg: other('an SVG drawing', SAFETENSORS, 'save it as PNG'),
  zip: container('a zip archive'),
  gzip: container('a gzip file'),
  tar: container('a tar archive'),
  rar: other('a RAR archive', `unpack it, and ${SAFETENSORS}`, EXTRACT),
  sevenZip: other('a 7-Zip archive', `unpack it, and ${SAFETENSORS}`, EXTRACT),
  xz: other('an xz file', `unpack it, and ${SAFETENSORS}`, EXTRACT),
  bzip2: other('a bzip2 file', `unpack it, and ${SAFETENSORS}`, EXTRACT),
  zstd: other('a zstd file', `unpack it, and ${SAFETENSORS}`, EXTRACT),
  lz4: other('an LZ4 file', `unpack it, and ${SAFETENSORS}`, EXTRACT),
  parquet: container('a Parquet file'),
  idx: container('an IDX file'),
  arrow: other('an Arrow file', SAFETENSORS, 'save the table as Parquet, and give that'),
  avro: other('an Avro file', SAFETENSORS, 'save the table as Parquet, and give that'),
  sqlite: other('an SQLite database', SAFETENSORS, 'save the table as Parquet, and give that'),
  torch: other('a PyTorch checkpoint (a pickle in a zip archive)', SAVE_TORCH),
  torchPickle: other('a PyTorch checkpoint (a pickle)', SAVE_TORCH),
  cifarPickle: other('a part of the Python version of CIFAR (a pickle)', SAFETENSORS, BINARY_CIFAR),
  pickle: other('a Python pickle', SAVE_TORCH, 'save its images as files, in one folder a class'),
  keras: other('a Keras file', 'load it by Keras and save its weights as .safetensors with the names of torchvision'),
  hdf5: other('an HDF5 file', 'load it by Keras or h5py and save its weights as .safetensors with torchvision’s names'),
  onnx: other('an ONNX file', `weights are read from the checkpoint that it was exported from: ${SAVE_TORCH}`),
  savedModel: other('a TensorFlow model', `${SAFETENSORS} with the names of torchvision`),
  tflite: other('a TensorFlow Lite model', `${SAFETENSORS} with the names of torchvision`),
  gguf: other('a GGUF file, which holds a language model'),
  ggml: other('a GGML file, which holds a language model'),
  npy: other('a NumPy array', 'choose a .safetensors file', 'save its images as files, in one folder a class'),
  npz: other('an archive of NumPy arrays', SAFETENSORS, 'save its images as files, in one folder a class'),
  matlab: other('a MATLAB file', SAFETENSORS, 'save its images as files, in one folder a class'),
  weightIndex: other('the list of a model that lies in several files', 'choose a model that is one .safetensors file'),
  lfs: other(
    'a Git LFS pointer, three lines that stand for a file',
    `run "git lfs pull", or ${DOWNLOAD}`,
    `run "git lfs pull", or ${DOWNLOAD}`,
  ),
  html: other(
    'a web page, perhaps one that asks to log in',
    `${DOWNLOAD} where you are logged in`,
    `${DOWNLOAD} where you are logged in`,
  ),
  xml: other('an XML file'),
  json: other('a JSON file'),
  pdf: other('a PDF document', SAFETENSORS, 'save its pictures as PNG or JPEG'),
  office: other('an Office document', SAFETENSORS, 'save its pictures as PNG or JPEG'),
  video: other('a video', SAFETENSORS, 'save frames of it as PNG or JPEG'),
  audio: other('a sound file'),
  program: other('a program'),
  text: other('a text file'),
} as const satisfies Readonly<Record<string, Kind>>;

export type FileKind = keyof typeof KINDS;

/** Bytes from a file's beginning that are enough to tell what it is. */
export const HEAD_BYTES = 1024;

/** Where a signature lies, in bytes that stand for themselves ("\x89PNG"), and what it is of. */
const SIGNATURES: readonly (readonly [at: number, text: string, kind: FileKind])[] = [
  [0, '\x89PNG\r\n\x1a\n', 'png'],
  [0, '\xff\xd8\xff', 'jpeg'],
  [0, 'GIF87a', 'gif'],
  [0, 'GIF89a', 'gif'],
  [8, 'WEBP', 'webp'],
  [4, 'ftypavif', 'avif'],
  [4, 'ftypavis', 'avif'],
  [4, 'ftyphe', 'heic'],
  [4, 'ftypmif1', 'heic'],
  [4, 'ftypmsf1', 'heic'],
  [4, 'ftypjxl ', 'jxl'],
  [0, '\x00\x00\x00\x0cJXL \r\n\x87\n', 'jxl'],
  [0, '\xff\x0a', 'jxl'],
  [0, '\x00\x00\x00\x0cjP  ', 'jpeg2000'],
  [4, 'ftyp', 'video'],
  [4, 'moov', 'video'],
  [0, '\x1aE\xdf\xa3', 'video'],
  [8, 'AVI ', 'video'],
  [8, 'WAVE', 'audio'],
  [0, 'ID3', 'audio'],
  [0, 'OggS', 'audio'],
  [0, 'fLaC', 'audio'],
  [0, 'II*\x00', 'tiff'],
  [0, 'MM\x00*', 'tiff'],
  [0, '8BPS', 'psd'],
  [0, '\x00\x00\x01\x00', 'ico'],
  [257, 'ustar', 'tar'],
  [0, '\x1f\x8b', 'gzip'],
  [0, 'Rar!\x1a\x07', 'rar'],
  [0, '7z\xbc\xaf\x27\x1c', 'sevenZip'],
  [0, '\xfd7zXZ\x00', 'xz'],
  [0, 'BZh', 'bzip2'],
  [0, '\x28\xb5\x2f\xfd', 'zstd'],
  [0, '\x04\x22\x4d\x18', 'lz4'],
  [0, 'PAR1', 'parquet'],
  [0, 'PARE', 'parquet'],
  [0, 'ARROW1', 'arrow'],
  [0, 'FEA1', 'arrow'],
  [0, 'Obj\x01', 'avro'],
  [0, 'SQLite format 3\x00', 'sqlite'],
  [0, '\x89HDF\r\n\x1a\n', 'hdf5'],
  [0, '\x93NUMPY', 'npy'],
  [0, 'MATLAB 5.0', 'matlab'],
  [0, 'GGUF', 'gguf'],
  [0, 'lmgg', 'ggml'],
  [0, 'tjgg', 'ggml'],
  [4, 'TFL3', 'tflite'],
  [0, 'version https://git-lfs', 'lfs'],
  [0, '%PDF-', 'pdf'],
  [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'office'],
  [0, '{\\rtf', 'office'],
  [0, 'MZ\x90', 'program'],
  [0, '\x7fELF', 'program'],
  [0, '\xcf\xfa\xed\xfe', 'program'],
];

/** Files of these kinds are zip archives; which of them tells the name of an entry at the beginning. */
const ZIPPED: readonly (readonly [RegExp, FileKind])[] = [
  [/(^|\/)(data|constants)\.pkl$|^archive\/(version|byteorder)$|\/\.format_version$/, 'torch'],
  [/\.npy$/, 'npz'],
  [/^\[Content_Types\]\.xml$|^_rels\/|^word\/|^xl\/|^ppt\/|^mimetype/, 'office'],
  [/^(metadata|config)\.json$|^model\.weights\.h5$/, 'keras'],
];

/** What a file is, by the bytes that it begins with; null where they tell nothing. Names play no part. */
export function fileKind(head: Uint8Array): FileKind | null {
  const text = bytesAsText(head.subarray(0, HEAD_BYTES));
  // Before all others, since the length that it begins with may look like any of them.
  if (isSafetensors(head)) return 'safetensors';
  if (text.startsWith('PK\x03\x04')) return zippedKind(text);
  if (text.startsWith('\x80') && text.charCodeAt(1) >= 2 && text.charCodeAt(1) <= 5) return pickledKind(text);
  const signed = SIGNATURES.find(([at, signature]) => text.startsWith(signature, at));
  if (signed !== undefined) {
    const [, , kind] = signed;
    // AVIF may call itself by the brand of the container that it shares with HEIC, and name its own behind.
    return kind === 'heic' && text.slice(8, 48).includes('avif') ? 'avif' : kind;
  }
  if (text.startsWith('BM') && head.length >= 26 && text.startsWith('\0\0\0\0', 6)) return 'bmp';
  return isIdx(head) ? 'idx' : (modelKind(head, text) ?? textKind(head, text));
}

/** Two zeros, a type of numbers and up to four dimensions. */
function isIdx([first, second, type = 0, dimensions = 0]: Uint8Array): boolean {
  return first === 0 && second === 0 && [8, 9, 11, 12, 13, 14].includes(type) && dimensions >= 1 && dimensions <= 4;
}

/** Models of ONNX and TensorFlow are protocol buffers without a signature: known by their first fields. */
function modelKind([first, version = 0, second, length = 0]: Uint8Array, text: string): FileKind | null {
  const hasVersion = first === 0x08 && version >= 1 && version <= 20 && second === 0x12;
  // In ONNX the name of the program that wrote it follows, in TensorFlow the graph, which is long.
  if (hasVersion && length >= 1 && length <= 64 && /^[ -~]+$/.test(text.slice(4, 4 + length))) return 'onnx';
  if (hasVersion && version === 1 && length >= 0x80) return 'savedModel';
  return first === 0x0a && /Placeholder|Const|VarHandleOp/.test(text) ? 'savedModel' : null;
}

/**
 * The complaint about a file that is something else than what is wanted, with what to do instead; null where its bytes
 * tell nothing, or that it is wanted.
 */
export function wrongKind(head: Uint8Array, name: string, purpose: Purpose): DataError | null {
  if (head.length === 0) return new DataError(subjectOf(purpose), `${printable(name)} is empty`, 'choose another file');
  const kind = fileKind(head);
  if (kind === null) return null;
  const { is, remedy }: Kind = KINDS[kind];
  const instead = remedy[purpose];
  return instead === null ? null : new DataError(subjectOf(purpose), `${printable(name)} is ${is}`, instead);
}

function subjectOf(purpose: Purpose): string {
  return purpose === 'weights' ? 'weights file' : 'data file';
}

/** The length of a JSON header, which is less than any other file's first eight bytes would say, and then the JSON. */
function isSafetensors(head: Uint8Array): boolean {
  if (head.length < 9) return false;
  const length = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true);
  return head[8] === 0x7b && length >= 2n && length < 2n ** 32n;
}

function zippedKind(text: string): FileKind {
  for (let at = 0; at >= 0; at = text.indexOf('PK\x03\x04', at + 4)) {
    const length = text.charCodeAt(at + 26) + 256 * text.charCodeAt(at + 27);
    const name = text.slice(at + 30, at + 30 + length);
    const known = ZIPPED.find(([pattern]) => pattern.test(name));
    if (known !== undefined) return known[1];
  }
  return 'zip';
}

/** PyTorch before 1.6 pickled a number of its own first; CIFAR's parts begin with their keys. */
function pickledKind(text: string): FileKind {
  if (text.includes('\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19')) return 'torchPickle';
  if (/torch|state_dict/.test(text)) return 'torchPickle';
  if (/batch_label|fine_label|coarse_label|num_cases_per_batch/.test(text)) return 'cifarPickle';
  return 'pickle';
}

function textKind(head: Uint8Array, bytes: string): FileKind | null {
  const isUtf16 = bytes.startsWith('\xff\xfe') || bytes.startsWith('\xfe\xff');
  const text = isUtf16 ? bytes.slice(2).replaceAll('\0', '') : bytes.replace('\xef\xbb\xbf', '');
  // What is not text has control characters soon.
  if (head.length < 2 || Array.from(text, (each) => each.charCodeAt(0)).some(isControl)) return null;
  const start = text.trimStart().toLowerCase();
  if (/^(<!--.*?-->\s*)?(<!doctype html|<html|<head|<body|<script|<title)/s.test(start)) return 'html';
  if (start.startsWith('<svg') || (start.startsWith('<?xml') && start.includes('<svg'))) return 'svg';
  if (start.startsWith('<?xml')) return start.includes('<html') ? 'html' : 'xml';
  if (/^[[{]\s*(["[\]{}\d-]|$)/.test(start)) return start.includes('"weight_map"') ? 'weightIndex' : 'json';
  return 'text';
}

/** Tabs, ends of lines and pages, and escapes are found in text. */
function isControl(code: number): boolean {
  return code < 0x20 && ![0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b].includes(code);
}

/** A character a byte. */
function bytesAsText(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
