import type { BlockDamage, FileNames, KeptWeights, LoadProgress } from '../../core/data/pretrained.ts';
import type { DeviceInfo } from '../../core/experiment/device.ts';
import { count } from '../../core/format.ts';
import { IMAGENET } from '../../core/net/family.ts';
import { printable } from '../../core/quote.ts';

const NAMES = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'JavaScript' } as const satisfies Record<
  DeviceInfo['backend'],
  string
>;

/** "23.4%"; of what is hardly likely "0.02%" or "<0.01%", and of what is nearly sure no "100.0%". */
const share = (probability: number) => {
  const percent = 100 * probability;
  if (percent < 0.01) return '<0.01%';
  if (percent < 0.1) return `${percent.toFixed(2)}%`;
  return percent >= 99.95 && percent < 99.995 ? `${percent.toFixed(2)}%` : `${percent.toFixed(1)}%`;
};

const megabytes = (bytes: number) => {
  const value = bytes / 1e6;
  return `${value >= 100 ? count(Math.round(value)) : value.toFixed(1)} MB`;
};

const part = (bytes: number, total: number | null) =>
  total === null ? `the first ${megabytes(bytes)}` : `${(bytes / 1e6).toFixed(1)} of ${megabytes(total)}`;

/** The words around the nets that others trained on ImageNet. */
export const REAL = {
  title: 'Run the real ones',
  about:
    'Load a net that others trained on the 1.28 million images of ImageNet, or on others, from a .safetensors file with torchvision’s or timm’s names. The file and your images are read here and sent nowhere; races go on meanwhile. A file in 16 bits (F16, BF16) stays as it is; its numbers are widened to 32 bits where the net runs.',
  net: 'Net to load',
  file: 'Choose a file',
  fileLabel: (net: string) => `Weights of ${net}`,
  drop: (net: string) => `or drop the weights of ${net} here`,
  fetch: 'Fetch its weights',
  fetchAbout: 'Asks huggingface.co for torchvision’s weights, once: this browser keeps them until you delete them.',
  fetchFrom: (repository: string, bytes: number) => `${megabytes(bytes)} from Hugging Face, ${repository}`,
  fetchRest: 'Fetch the rest',
  fetchRestAbout: 'Asks huggingface.co for what is still missing; begins again where the file has changed there.',
  rest: (repository: string, { bytes, total }: KeptWeights) =>
    `${part(bytes, total)} of ${repository} are here from an earlier try`,
  loadKept: 'Load its weights',
  loadKeptAbout: 'Needs no network: they are in this browser.',
  keptHere: (repository: string, bytes: number) => `${megabytes(bytes)} kept in this browser, ${repository}`,
  keptTitle: 'Weights kept in this browser',
  keptSize: ({ bytes, total }: KeptWeights) => (bytes === total ? megabytes(bytes) : part(bytes, total)),
  forget: (repository: string) => `Delete the weights of ${repository} from this browser`,
  loading: (net: string, stage: LoadProgress['stage']) => (stage === 'fetching' ? `Fetching ${net}` : `Loading ${net}`),
  percent: (fraction: number) => `${Math.round(100 * fraction)}%`,
  cancel: 'Cancel',
  release: 'Release',
  releaseAbout: 'Gives back all the memory that it takes',
  loaded: (net: string, file: string, { backend, adapter }: DeviceInfo, bytes: number) =>
    `${net} from ${printable(file)}: ${megabytes(bytes)} of weights, on ${NAMES[backend]}, ${adapter}`,
  fileNotes,
  recovered: 'Its device was lost; the net was loaded again, and asked again.',
  image: 'Image',
  imageFile: 'Choose an image',
  imageDrop: 'or drop one here',
  sample: (name: string) => `Drawing of a ${name}`,
  chosen: (name: string) => `The image: ${printable(name)}`,
  unread: (name: string) => `image: ${name} could not be fetched; reload the page or choose another`,
  none: 'Choose an image, and the net says here what it sees.',
  unloaded: 'Load a net first: its five likeliest classes then stand here.',
  classifying: 'Looking at it',
  guesses: 'What it sees',
  share,
  cost: (milliseconds: number, bytes: number) =>
    `${milliseconds < 100 ? milliseconds.toFixed(1) : count(Math.round(milliseconds))} ms for this image; at most ${megabytes(bytes)} of activations at once`,
  damage: 'Block by block',
  damageKind: 'What is done to a block',
  kinds: { branch: 'Delete its branch', shortcut: 'Cut its shortcut' } satisfies Record<BlockDamage, string>,
  run: 'Measure',
  stop: 'Stop',
  progress: (done: number, of: number) => `${done} of ${of} blocks`,
  damageAbout: (name: string, kind: BlockDamage) =>
    kind === 'branch'
      ? `How likely it is still “${name}” where one block only passes on what comes in: y = relu(S(x)).`
      : `How likely it is still “${name}” where one block has lost its shortcut: y = relu(F(x)).`,
  kept: (kind: BlockDamage, kept: number, of: number) =>
    kind === 'branch'
      ? `The answer stays the same without ${kept} of ${of} blocks.`
      : `The answer stays the same without the shortcut of ${kept} of ${of} blocks.`,
  intact: (value: string) => `intact ${value}`,
  says: (value: string, name: string) => `${value}, likeliest: ${name}`,
  chart: (net: string) => `What each block of ${net} is worth for this image`,
  table: 'The table of blocks',
  columns: { block: 'block', probability: 'probability', likeliest: 'likeliest now', share: 'its probability' },
  noBlocks: (net: string) => `${net} has no shortcuts, so there is no block to delete.`,
  source:
    'Images are resized and cut as torchvision does it (256 pixels, the middle 224). Names of the classes: TensorFlow.js models (Apache 2.0). Drawings: Noto Emoji, Google (Apache 2.0); the nets were trained on photographs. Deleting blocks: Veit et al. 2016.',
} as const;

/** How a file's names were read, where they are not torchvision's, and what its classes are called. */
function fileNotes({ classes, names }: { readonly classes: number; readonly names: FileNames }): readonly string[] {
  const { stripped, head, leftOut } = names;
  const [first, ...more] = stripped.map((part) => `“${printable(part)}”`);
  const others = more.length > 2 ? ` and ${count(more.length)} others` : more.map((each) => ` and ${each}`).join('');
  return [
    ...(first === undefined ? [] : [`Names in the file were read without ${first}${others}.`]),
    ...(head === null ? [] : [`The last layer is “${printable(head)}” in the file.`]),
    ...(leftOut === 0
      ? []
      : [`${count(leftOut)} ${leftOut === 1 ? 'tensor' : 'tensors'} of other modules in the file were left out.`]),
    ...(classes === IMAGENET.classes
      ? []
      : [`It tells ${count(classes)} classes apart, which have no names here: they are numbered from 0.`]),
  ];
}
