import type { MessageKey } from '../../language/messages.ts';
import { type Phrase, type Sentence, sentence } from '../../language/sentence.ts';
import { NamedDataError } from '../dataset.ts';
import { FILE_KINDS, type FileKind, kindSentence, SNIFFED_BYTES, sniff } from './sniff.ts';

/** The purpose for which a file is read. */
export type Purpose = 'images' | 'weights';

/** Kinds that only complaints tell apart, because what is to be done about them differs. */
type FinerKind = 'cifarPickle' | 'torchPickle' | 'weightIndex' | 'savedModel';

type Remedies = Partial<Readonly<Record<FileKind | FinerKind, MessageKey>>>;

/** The advice by file format; other formats get the usual one. */
const WEIGHTS_REMEDY = {
  torch: 'formats.instead.torch',
  torchPickle: 'formats.instead.torch',
  pickle: 'formats.instead.torch',
  onnx: 'formats.instead.onnx',
  hdf5: 'formats.instead.keras',
  keras: 'formats.instead.keras',
  savedModel: 'formats.instead.keras',
  tflite: 'formats.instead.keras',
  weightIndex: 'formats.instead.oneFile',
  zip: 'formats.instead.unpackWeights',
  tar: 'formats.instead.unpackWeights',
  gzip: 'formats.instead.unpackWeights',
  '7z': 'formats.instead.unpackWeights',
  rar: 'formats.instead.unpackWeights',
  xz: 'formats.instead.unpackWeights',
  bzip2: 'formats.instead.unpackWeights',
  zstd: 'formats.instead.unpackWeights',
  lfs: 'formats.instead.pull',
  html: 'formats.instead.logIn',
} as const satisfies Remedies;
const IMAGES_REMEDY = {
  cifarPickle: 'data.cifar.archive',
  pickle: 'formats.instead.files',
  npy: 'formats.instead.files',
  npz: 'formats.instead.files',
  hdf5: 'formats.instead.files',
  mat: 'formats.instead.files',
  pdf: 'formats.instead.files',
  office: 'formats.instead.files',
  video: 'formats.instead.frames',
  heic: 'formats.instead.png',
  tiff: 'formats.instead.png',
  jxl: 'formats.instead.png',
  jp2: 'formats.instead.png',
  netpbm: 'formats.instead.png',
  psd: 'formats.instead.png',
  svg: 'formats.instead.png',
  arrow: 'formats.instead.parquet',
  sqlite: 'formats.instead.parquet',
  '7z': 'formats.instead.unpackImages',
  rar: 'formats.instead.unpackImages',
  xz: 'formats.instead.unpackImages',
  bzip2: 'formats.instead.unpackImages',
  zstd: 'formats.instead.unpackImages',
  lfs: 'formats.instead.pull',
  html: 'formats.instead.logIn',
} as const satisfies Remedies;

/** The subject of error messages about files. */
const SUBJECT = { images: 'data.what.file', weights: 'data.what.weights' } as const satisfies Record<
  Purpose,
  MessageKey
>;

/** Images that every browser shows, or nearly every one. */
const SHOWN: readonly FileKind[] = ['png', 'jpeg', 'webp', 'gif', 'bmp', 'avif', 'ico'];

/**
 * The error for a file of the wrong format: names the format by its first bytes, and what to do instead. Null where it
 * may be what is wanted, or its bytes tell nothing. Images that only some browsers show (HEIC) are refused, too, so try
 * to decode them first.
 */
export function wrongFile(head: Uint8Array, name: Phrase, purpose: Purpose): WrongFileError | null {
  const kind = sniff(head);
  const what = sentence(SUBJECT[purpose]);
  if (kind === 'empty')
    return new WrongFileError(
      what,
      name,
      sentence('data.file.empty'),
      kindSentence(kind),
      sentence('data.remedy.another'),
    );
  const finer = finerKind(kind, head, typeof name === 'string' ? name : '');
  if (finer === null && (kind === 'unknown' || isWanted(kind, purpose))) return null;
  const is = finer === null ? kindSentence(kind) : sentence(`formats.kind.${finer}`);
  const remedy = purpose === 'weights' ? weightsRemedy(finer ?? kind) : imagesRemedy(finer ?? kind);
  return new WrongFileError(what, name, sentence('formats.is', { kind: is }), is, remedy);
}

/** A file of another kind than what is wanted. */
class WrongFileError extends NamedDataError {
  /** The reason as a noun: "a HEIC image; save it as PNG …". */
  readonly kind: Sentence;

  constructor(what: Sentence, name: Phrase, problem: Sentence, is: Sentence, remedy: Sentence) {
    super(what, name, problem, remedy);
    this.kind = sentence('data.withRemedy', { problem: is, remedy });
  }
}

function weightsRemedy(kind: FileKind | FinerKind): Sentence {
  return sentence(isIn(kind, WEIGHTS_REMEDY) ? WEIGHTS_REMEDY[kind] : 'formats.instead.safetensors');
}

function imagesRemedy(kind: FileKind | FinerKind): Sentence {
  return sentence(isIn(kind, IMAGES_REMEDY) ? IMAGES_REMEDY[kind] : 'formats.instead.images');
}

function isIn<T extends object>(key: PropertyKey, table: T): key is keyof T {
  return Object.hasOwn(table, key);
}

function isWanted(kind: FileKind, purpose: Purpose): boolean {
  if (purpose === 'weights') return kind === 'safetensors';
  const { role } = FILE_KINDS[kind];
  return SHOWN.includes(kind) || role === 'archive' || role === 'table' || role === 'numbers';
}

/** PyTorch before 1.6 pickled a number of its own before all else. */
const TORCH_MAGIC = '\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19';

function finerKind(kind: FileKind, head: Uint8Array, name: string): FinerKind | null {
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
