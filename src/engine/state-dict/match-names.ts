import type { FileNames } from '../../core/data/pretrained.ts';
import type { StoredTensor } from '../../data/formats/safetensors.ts';
import { isBeside, type TorchTensor } from './torch-names.ts';

/** A tensor of a file, with its name there. */
export interface FoundTensor<Stored> {
  readonly name: string;
  readonly stored: Stored;
}

/** The tensors of a file, by the net's names for them. */
export interface MatchedTensors<Stored> {
  readonly found: ReadonlyMap<string, FoundTensor<Stored>>;
  /** Names of tensors in the file that the net does not have. */
  readonly extra: readonly string[];
  /** How many classes the last layer of the file tells apart; null where there is none that fits the net. */
  readonly classes: number | null;
  readonly names: FileNames;
}

/** Attribute names with which PyTorch's wrapper modules (DataParallel, compile, FSDP) prefix a module's names. */
const WRAPPERS: readonly string[] = ['module', '_orig_mod', '_fsdp_wrapped_module', '_checkpoint_wrapped_module'];

/** What timm calls the dense layers of a VGG, which are convolutions there, and transformers the first layer of a ResNet. */
const RENAMED: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)pre_logits\.fc1\./, '$1classifier.0.'],
  [/(^|\.)pre_logits\.fc2\./, '$1classifier.3.'],
  [/(^|\.)head\.fc\./, '$1classifier.6.'],
  [/(^|\.)embedder\.embedder\.convolution\./, '$1conv1.'],
  [/(^|\.)embedder\.embedder\.normalization\./, '$1bn1.'],
];

/** What transformers calls the layers of a ResNet's blocks: each is a convolution with its norm, and so is a shortcut. */
const BLOCK_LAYER =
  /(^|\.)encoder\.stages\.(\d+)\.layers\.(\d+)\.(?:layer\.(\d+)|shortcut)\.(convolution|normalization)\./;

interface Candidate<Stored> extends FoundTensor<Stored> {
  /** Without the names of wrappers, and with torchvision's names in the place of timm's and transformers'. */
  readonly plain: string;
  /** What may stand before a name of the net's, by that name. */
  readonly prefixes: ReadonlyMap<string, string>;
}

/**
 * Finds the tensors of a net in a file, whatever prefix its names have. The prefix is not looked up in a list: it is
 * the one with which most of the net's names are found. If several find as many, the file has copies of the net (as
 * trained, and averaged); the shortest prefix that does not say that it is an average (EMA) wins. Tensors without the
 * prefix belong to other modules and are left out.
 */
export function matchNames<Stored extends Pick<StoredTensor, 'shape'>>(
  wanted: readonly TorchTensor[],
  stored: ReadonlyMap<string, Stored>,
): MatchedTensors<Stored> {
  const candidates = candidatesOf(wanted, stored);
  const counts = countPrefixes(candidates);
  const prefix = commonPrefix(counts);
  const found = new Map<string, FoundTensor<Stored>>();
  const left: Candidate<Stored>[] = [];
  for (const candidate of candidates) {
    const own = [...candidate.prefixes].find(([, each]) => each === prefix)?.[0];
    // The one of fewer letters is the tensor itself where both it and a wrapped one are there.
    if (own !== undefined && !found.has(own)) found.set(own, candidate);
    else if (!isBeside(candidate.plain)) left.push(candidate);
  }
  const head = headOf(wanted);
  const renamed = head === undefined || found.has(head.name) ? null : findHead(head, left, found);
  const others = left.filter(({ name }) => !renamed?.includes(name));
  const isCopy = ({ prefixes }: Candidate<Stored>) =>
    [...prefixes.values()].some((each) => each !== prefix && counts.get(each) === counts.get(prefix));
  const isOutside = (candidate: Candidate<Stored>) =>
    isCopy(candidate) || (prefix !== '' && !candidate.plain.startsWith(prefix));
  return {
    found,
    extra: others.filter((each) => !isOutside(each)).map(({ name }) => name),
    classes: head === undefined ? null : classesOf(found.get(head.name)?.stored.shape ?? [], head),
    names: {
      stripped: [...new Set([...found].flatMap(([own, { name }]) => strippedOf(own, name)))],
      head: renamed?.[0] ?? null,
      leftOut: others.filter(isOutside).length,
    },
  };
}

/** The weights of the last dense layer. */
export function headOf(wanted: readonly TorchTensor[]): TorchTensor | undefined {
  return wanted.findLast(({ shape }) => shape.length === 2);
}

/** The number of classes of a tensor that has the shape of the last layer's weights otherwise; null where it has not. */
function classesOf(shape: readonly number[], head: TorchTensor): number | null {
  const [classes = 0, features, ...rest] = shape;
  return classes > 0 && features === head.shape[1] && rest.every((side) => side === 1) ? classes : null;
}

function candidatesOf<Stored>(
  wanted: readonly TorchTensor[],
  stored: ReadonlyMap<string, Stored>,
): readonly Candidate<Stored>[] {
  const known = new Set(wanted.map(({ name }) => name));
  // A name has no more parts that could be the net's than its longest name.
  const most = Math.max(...wanted.map(({ name }) => name.split('.').length));
  const candidates = [...stored].map(([name, each]): Candidate<Stored> => {
    const parts = name.split('.').filter((part) => !WRAPPERS.includes(part));
    const plain = torchvisionName(parts.join('.'));
    const named = plain.split('.');
    const prefixes = new Map<string, string>();
    for (let from = Math.max(0, named.length - most); from < named.length; from++) {
      const own = named.slice(from).join('.');
      if (known.has(own)) prefixes.set(own, plain.slice(0, plain.length - own.length));
    }
    return { name, stored: each, plain, prefixes };
  });
  return candidates.toSorted((a, b) => a.name.length - b.name.length);
}

function torchvisionName(name: string): string {
  return RENAMED.reduce((renamed, [theirs, ours]) => renamed.replace(theirs, ours), name).replace(
    BLOCK_LAYER,
    (_, before: string, stage: string, block: string, layer: string | undefined, kind: string) => {
      const isConvolution = kind === 'convolution';
      const inBranch = `${isConvolution ? 'conv' : 'bn'}${Number(layer) + 1}`;
      const inShortcut = `downsample.${isConvolution ? 0 : 1}`;
      return `${before}layer${Number(stage) + 1}.${block}.${layer === undefined ? inShortcut : inBranch}.`;
    },
  );
}

/** For each prefix, how many of the net's names the file has with it. */
function countPrefixes(candidates: readonly Candidate<unknown>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { prefixes } of candidates) {
    for (const prefix of prefixes.values()) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  return counts;
}

function commonPrefix(counts: ReadonlyMap<string, number>): string {
  const isAverage = (prefix: string) => (/(^|[._])(ema|swa|average|averaged)([._]|$)/i.test(prefix) ? 1 : 0);
  const [first] = [...counts].toSorted(
    ([a, countA], [b, countB]) => countB - countA || isAverage(a) - isAverage(b) || a.length - b.length,
  );
  return first?.[0] ?? '';
}

/**
 * The last layer under another name ("head.weight", "fc.1.weight"): the only tensor left that has its shape, with a bias.
 * Puts both among those found, and tells their names.
 */
function findHead<Stored extends Pick<StoredTensor, 'shape'>>(
  head: TorchTensor,
  left: readonly Candidate<Stored>[],
  found: Map<string, FoundTensor<Stored>>,
): readonly string[] | null {
  if (found.size === 0) return null;
  const heads = left.flatMap((weight) => {
    const { shape } = weight.stored;
    if (!weight.name.endsWith('.weight') || classesOf(shape, head) === null) return [];
    const bias = left.find(({ name }) => name === weight.name.replace(/weight$/, 'bias'));
    return bias?.stored.shape.length === 1 && bias.stored.shape[0] === shape[0] ? [[weight, bias] as const] : [];
  });
  const [only, ...others] = heads;
  if (only === undefined || others.length > 0) return null;
  const [weight, bias] = only;
  found.set(head.name, weight);
  found.set(head.name.replace(/weight$/, 'bias'), bias);
  return [weight.name, bias.name];
}

/** What stands before a name in the file, or, where it is elsewhere, the wrappers in it. */
function strippedOf(own: string, name: string): readonly string[] {
  if (name === own) return [];
  if (name.endsWith(`.${own}`)) return [name.slice(0, -own.length)];
  return name
    .split('.')
    .filter((part) => WRAPPERS.includes(part))
    .map((part) => `${part}.`);
}
