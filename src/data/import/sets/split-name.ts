/** The role of a split; images of an `unlabelled` one are not used. */
export type SplitRole = 'train' | 'test' | 'unlabelled';

/** A split name found in the name of a folder or file. */
export interface SplitName {
  readonly role: SplitRole;
  /** The word that says so. */
  readonly word: string;
  /** The rest of the name, such as `animals` in `animals_train`; '' for generic words. */
  readonly affix: string;
}

const ROLES: Readonly<Record<string, SplitRole>> = {
  ...roleOf('train', 'train', 'trainval', 'training', 'trn', 'learn', 'learning'),
  ...roleOf('test', 'test', 'testing', 'tst', 'val', 'valid', 'validate', 'validation', 'eval', 'evaluation', 'dev'),
  ...roleOf('test', 'development', 'holdout', 'heldout'),
  ...roleOf('train', '训练'),
  ...roleOf('test', '测试', '验证'),
  ...roleOf(
    'unlabelled',
    'pred',
    'predict',
    'prediction',
    'predictions',
    'unlabeled',
    'unlabelled',
    'unsup',
    'inference',
  ),
};

/** Words that stand beside the name of a split and say nothing. */
const FILLERS = new Set(
  'seg set sets split part data dataset datasets folder dir files image images img imgs pic pics picture pictures photo photos jpg jpeg png raw all orig original new final copy v version 集 数据 数据集 图片 图像 样本'.split(
    ' ',
  ),
);

/** Reads a folder's name as that of a split (`seg_train`, `Training`, `test-images`, `val2017`), or null. */
export function splitName(folder: string): SplitName | null {
  const words = wordsOf(folder);
  const named = words.filter(isSplit);
  const role = ROLES[named[0] ?? ''];
  if (role === undefined || named.some((word) => ROLES[word] !== role)) return null;
  return { role, word: named.join(' '), affix: tellingWords(folder) };
}

/** The words of a folder's name that are neither a split's nor say nothing. */
export function tellingWords(folder: string): string {
  const telling = wordsOf(folder).filter((word) => !isSplit(word) && !FILLERS.has(word) && !/^\d+$/.test(word));
  return telling.join(' ');
}

/** How most write these words. */
const USUAL: ReadonlyMap<string, string> = new Map([
  ['training', 'train'],
  ['testing', 'test'],
  ['训练', 'train'],
  ['测试', 'test'],
  ['验证', 'validation'],
]);

/** The word in a table's name that says which part it is, as most write it; null where none does. */
export function splitWord(name: string): string | null {
  const word = wordsOf(name).find(isSplit) ?? null;
  return word === null ? null : (USUAL.get(word) ?? word);
}

/** The UUID of a job, which Spark puts into the names of all files that it writes. */
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
/** What Spark writes around it. */
const SPARK = /^(part|c\d{3}|snappy|gz|gzip|zstd|lz4|br|brotli)$/i;
/** Words of a table's name that number its shards. */
const SHARD = /^(\d+|of|[0-9a-f]{8,})$/i;

/**
 * The name of a table file without split and shard: `mnist` of `mnist-train-00000-of-00001-4f3a9b2c`, nothing of Spark's
 * `part-00000-3f2b1c9e-8d3a-4c2b-9f1e-0123456789ab-c000.snappy`.
 */
export function withoutSplit(name: string): string {
  const isSpark = name.search(UUID) >= 0;
  const rest = name
    .replace(UUID, '')
    .split(/[-_.\s]+/)
    .filter((word) => !SHARD.test(word) && !(isSpark && SPARK.test(word)))
    // What is written together with the split is a name, as in 猫狗训练集.
    .map((word) => (splitWord(word) === null ? word : (splitName(word)?.affix ?? '')));
  return rest.filter((word) => word !== '').join('-');
}

function isSplit(word: string): boolean {
  return Object.hasOwn(ROLES, word);
}

function wordsOf(name: string): readonly string[] {
  return (
    name
      // trainSet, TrainImages, train2017
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .replace(/(\p{L})(\d)/gu, '$1 $2')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .flatMap(separated)
      .filter((word) => word !== '')
  );
}

/** A split's name and a filler written as one word: `trainset`, `testdata`, 训练集, 猫狗测试数据. */
function separated(word: string): readonly string[] {
  const match =
    /^(train|training|test|testing|val|validation|eval)(set|sets|data|images|imgs|img|folder|dir)$/.exec(word) ??
    /^(\p{Script=Han}*?)(训练|测试|验证)(?:集|数据|图片|图像|样本)*$/u.exec(word);
  return match === null ? [word] : match.slice(1);
}

function roleOf(role: SplitRole, ...words: readonly string[]): Record<string, SplitRole> {
  return Object.fromEntries(words.map((word) => [word, role]));
}
