import { printable } from '../../core/quote.ts';
import { DataError } from '../dataset.ts';
import { FILE_KINDS, type FileKind, SNIFFED_BYTES, sniff } from './sniff.ts';

/** The purpose for which a file is read. */
export type Purpose = 'images' | 'weights';

/** Kinds that only complaints tell apart, because what is to be done about them differs. */
const FINER = {
  cifarPickle: 'a part of the Python version of CIFAR (a pickle)',
  torchPickle: 'a PyTorch checkpoint (a pickle)',
  weightIndex: 'the list of a model that lies in several files',
  savedModel: 'a TensorFlow model',
} as const;

type Remedies = Partial<Readonly<Record<FileKind | keyof typeof FINER, string>>>;

const SAFETENSORS = 'choose a .safetensors file';
const UNPACK_WEIGHTS = `unpack it, and ${SAFETENSORS}`;
const SAVE_TORCH =
  'save its state_dict in Python by safetensors.torch.save_file(model.state_dict(), "net.safetensors"), and choose that';
const SAVE_KERAS = 'save its weights as .safetensors, with the names that torchvision has for them';

const UNPACK_IMAGES = 'unpack it, and give the folder, or a zip or tar.gz of it';
const IMAGES = 'give images (PNG, JPEG, WebP, GIF, BMP, AVIF) in one folder a class, or an archive of them';
const AS_FILES = 'save its images as files, in one folder a class';
const AS_PNG = 'save it as PNG or JPEG, since browsers do not show it';
const AS_PARQUET = 'save the table as Parquet, and give that';

const DOWNLOAD = 'download the file itself';
const LOG_IN = `${DOWNLOAD}, perhaps after logging in`;
const PULL = `run "git lfs pull", or ${DOWNLOAD}`;

/** The advice by file format; other formats get the usual one. */
const WEIGHTS_REMEDY: Remedies = {
  torch: SAVE_TORCH,
  torchPickle: SAVE_TORCH,
  pickle: SAVE_TORCH,
  onnx: `weights are read from what it was exported from: ${SAVE_TORCH}`,
  hdf5: SAVE_KERAS,
  keras: SAVE_KERAS,
  savedModel: SAVE_KERAS,
  tflite: SAVE_KERAS,
  weightIndex: 'choose a model that is one .safetensors file',
  zip: UNPACK_WEIGHTS,
  tar: UNPACK_WEIGHTS,
  gzip: UNPACK_WEIGHTS,
  '7z': UNPACK_WEIGHTS,
  rar: UNPACK_WEIGHTS,
  xz: UNPACK_WEIGHTS,
  bzip2: UNPACK_WEIGHTS,
  zstd: UNPACK_WEIGHTS,
  lfs: PULL,
  html: LOG_IN,
};
const IMAGES_REMEDY: Remedies = {
  cifarPickle:
    'choose the archive or the folder of the "binary version" from https://www.cs.toronto.edu/~kriz/cifar.html',
  pickle: AS_FILES,
  npy: AS_FILES,
  npz: AS_FILES,
  hdf5: AS_FILES,
  mat: AS_FILES,
  pdf: AS_FILES,
  office: AS_FILES,
  video: 'save frames of it as PNG or JPEG, in one folder a class',
  heic: AS_PNG,
  tiff: AS_PNG,
  jxl: AS_PNG,
  jp2: AS_PNG,
  netpbm: AS_PNG,
  psd: AS_PNG,
  svg: AS_PNG,
  arrow: AS_PARQUET,
  sqlite: AS_PARQUET,
  '7z': UNPACK_IMAGES,
  rar: UNPACK_IMAGES,
  xz: UNPACK_IMAGES,
  bzip2: UNPACK_IMAGES,
  zstd: UNPACK_IMAGES,
  lfs: PULL,
  html: LOG_IN,
};

/** The subject of error messages about files. */
const SUBJECT = { images: 'data file', weights: 'weights file' } as const satisfies Record<Purpose, string>;

/** Images that every browser shows, or nearly every one. */
const SHOWN: readonly FileKind[] = ['png', 'jpeg', 'webp', 'gif', 'bmp', 'avif', 'ico'];

/**
 * The error for a file of the wrong format: names the format by its first bytes, and what to do instead. Null where it
 * may be what is wanted, or its bytes tell nothing. Images that only some browsers show (HEIC) are refused, too, so try
 * to decode them first.
 */
export function wrongFile(head: Uint8Array, name: string, purpose: Purpose): DataError | null {
  const kind = sniff(head);
  const fail = (problem: string, remedy: string) =>
    new DataError(SUBJECT[purpose], `${printable(name)} ${problem}`, remedy);
  if (kind === 'empty') return fail('is empty', 'choose another file');
  const finer = finerKind(kind, head, name);
  if (finer === null && (kind === 'unknown' || isWanted(kind, purpose))) return null;
  const [is, remedies, usual] = [
    finer === null ? FILE_KINDS[kind].noun : FINER[finer],
    purpose === 'weights' ? WEIGHTS_REMEDY : IMAGES_REMEDY,
    purpose === 'weights' ? SAFETENSORS : IMAGES,
  ];
  return fail(`is ${is}`, remedies[finer ?? kind] ?? usual);
}

function isWanted(kind: FileKind, purpose: Purpose): boolean {
  if (purpose === 'weights') return kind === 'safetensors';
  const { role } = FILE_KINDS[kind];
  return SHOWN.includes(kind) || role === 'archive' || role === 'table' || role === 'numbers';
}

/** PyTorch before 1.6 pickled a number of its own before all else. */
const TORCH_MAGIC = '\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19';

function finerKind(kind: FileKind, head: Uint8Array, name: string): keyof typeof FINER | null {
  const text = String.fromCharCode(...head.subarray(0, SNIFFED_BYTES));
  if (kind === 'json') return text.includes('"weight_map"') ? 'weightIndex' : null;
  if (kind === 'unknown' || kind === 'text') return isTensorFlow(head, text) ? 'savedModel' : null;
  if (kind !== 'pickle') return null;
  if (text.includes(TORCH_MAGIC) || /torch|state_dict/.test(text)) return 'torchPickle';
  // CIFAR-100's begin with a list of file names, so only their folder tells.
  if (/cifar|(data_batch_\d|test_batch)$/i.test(name)) return 'cifarPickle';
  return /batch_label|fine_label|coarse_label|num_cases_per_batch/.test(text) ? 'cifarPickle' : null;
}

/** A protocol buffer without a signature: version 1 and a graph, or at once a node of a known kind. */
function isTensorFlow([first, version, second, length = 0]: Uint8Array, text: string): boolean {
  if (first === 0x08 && version === 1 && second === 0x12) return length >= 0x80;
  return first === 0x0a && /Placeholder|Const|VarHandleOp/.test(text);
}
