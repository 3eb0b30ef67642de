/**
 * Determines split and class of an image by its folders. The same rule holds for every source:
 * a folder that was chosen or dropped, a zip, a tar.
 *
 * 1. A folder may be a **split** by its name: `train`, `Training`, `seg_train`, `train_images`, `val`, `validation`,
 *    `test`, `eval`, `dev` … (`split-name.ts`). It is one only where its siblings are splits too, of one naming: `train`
 *    beside `bus` and `car` is a class. Folders without images are no siblings. Where `train` has class folders and there
 *    is a test split beside it, other siblings are left out. A split that has no sibling is one where it has class folders.
 *    Beside a test split that is named after it, and nothing else, a folder with the same class folders is `train`: `rps`
 *    beside `rps-test`.
 * 2. An image is of the **nearest** split above it: an outer folder named `test` does not hide `train` and `val` in it.
 *    Validation and test images are both tested on. Where there is one side only, it is divided by chance.
 * 3. What contains splits is a **set**. So is a **copy** of the class folders beside it: a folder without images of its own,
 *    whose folders are all named like its siblings, and most of these like its folders (`yes`, `no`, `brain/yes`, `brain/no`);
 *    not a number, and not one of several such folders. Where there are several sets, one has to be chosen.
 * 4. The **class** is the first folder below the split, or below the root where there is none, at which the folders differ;
 *    folders below it do not count. So `train/n01/images/1.png` is of n01, `pets/cat/day/1.png` of cat. Where nothing
 *    lies below the splits, the class is the folder above them: `cat/train/1.png`.
 * 5. A test split is read at the level at which its folders are classes of the training images; where none is, as in
 *    `val/images/1.png`, it is **unlabelled** and left out. So are images in no class folder, splits named `pred` or
 *    `unlabeled`, and test folders of a class that nothing is learnt of. Names of files are not read for classes.
 * 6. Names are compared as Unicode's NFC (`paths.ts`), and where that does not match, without regard to case.
 */

import { printable, someOf } from '../../../core/quote.ts';
import { type Phrase, type Sentence, sentence } from '../../../language/sentence.ts';
import { folderOfFile } from './paths.ts';
import { type SplitName, type SplitRole, splitName, tellingWords } from './split-name.ts';

/** The split and class of every image, with the decisions that led to them. */
export interface FolderLayout {
  /** In the order of the paths. */
  readonly places: readonly FilePlace[];
  /** The folders that have splits of their own; one or none where there is nothing to choose. */
  readonly sets: readonly string[];
  readonly set: string;
  /** Folder levels that can be the classes. */
  readonly levels: readonly LayoutLevel[];
  /** The chosen level. */
  readonly level: number;
  /** The decisions, in sentences. */
  readonly notes: readonly Sentence[];
}

/** Where the layout puts a file: into a class of one split, or nowhere, with the reason. */
export type FilePlace =
  | { readonly side: 'train' | 'test'; readonly label: string; readonly reason: null }
  | { readonly side: null; readonly reason: Sentence };

/** A folder level at which the classes may be. */
export interface LayoutLevel {
  readonly level: number;
  /** Names of folders at this level, in no order. */
  readonly names: readonly string[];
}

/** The user's choice of a set and a class level, where it overrides the rules. */
export interface LayoutChoice {
  readonly set?: string | undefined;
  readonly level?: number | undefined;
}

/** A folder that has images in it or below. */
interface Folder {
  readonly name: string;
  readonly parent: Folder | null;
  readonly children: Map<string, Folder>;
  images: number;
  role: SplitRole | null;
  /** Whether it lies beside splits and is none. */
  beside: boolean;
  /** Whether it holds the class folders beside it once more. */
  isCopy: boolean;
}

/** A folder with images directly in it. */
interface Leaf {
  readonly images: number;
  readonly role: SplitRole | null;
  readonly beside: boolean;
  /** The folders that contain the splits; without splits, the copy and the folders above it. */
  readonly above: readonly string[];
  /** The splits. */
  readonly split: string;
  /** The folders in which its class is searched. */
  readonly rest: readonly string[];
}

const noClass = () => sentence('data.skipped.noClass');

/** Decides from the paths which folder level names the classes, and which folders are splits. */
export function layOut(paths: readonly string[], choice: LayoutChoice = {}): FolderLayout {
  const root = folderNamed('', null);
  const folders = new Map<string, Folder>();
  for (const path of paths) {
    const folder = folderOfFile(path);
    const found = folders.get(folder) ?? folderAt(root, folder);
    found.images += 1;
    folders.set(folder, found);
  }
  markSplits(root);
  const leaves = new Map([...folders].map(([path, folder]) => [path, leafOf(folder)]));
  const decided = decide([...leaves.values()], choice);
  const places = paths.map((path) => {
    const leaf = leaves.get(folderOfFile(path));
    return leaf === undefined ? { side: null, reason: noClass() } : decided.placeOf(leaf);
  });
  const { sets, set, levels, level, notes } = decided;
  return { places, sets, set, levels, level, notes };
}

function folderNamed(name: string, parent: Folder | null): Folder {
  return { name, parent, children: new Map(), images: 0, role: null, beside: false, isCopy: false };
}

function folderAt(root: Folder, path: string): Folder {
  let folder = root;
  for (const name of path === '' ? [] : path.split('/')) {
    const child = folder.children.get(name) ?? folderNamed(name, folder);
    folder.children.set(name, child);
    folder = child;
  }
  return folder;
}

/** Rule 1, and the copies of rule 3; `isTop` where no folders differ above, so that these may be the classes. */
function markSplits(parent: Folder, isTop = true): void {
  const children = [...parent.children.values()];
  const named = children.flatMap((child) => {
    const name = splitName(child.name);
    return name === null ? [] : [{ child, ...name }];
  });
  const both = [...named, ...namesakes(children, named)];
  // Beside other folders, which may be classes, a name is too little.
  const all = both.length === children.length ? both : named;
  const hasSplits = areSplits(all, children.length);
  if (hasSplits) {
    for (const { child, role } of all) child.role = role;
    for (const child of children) child.beside = child.role === null;
  } else if (isTop) {
    const copy = copyIn(parent);
    if (copy !== null) copy.isCopy = true;
  }
  for (const child of children) {
    markSplits(child, isTop && !hasSplits && (children.length === 1 || child.isCopy));
  }
}

/** The training parts that are told by test splits named after them: `rps` beside `rps-test`. */
function namesakes(children: readonly Folder[], named: readonly Named[]): readonly Named[] {
  if (named.some(({ role }) => role === 'train')) return [];
  return children.flatMap((child) => {
    const affix = tellingWords(child.name);
    const isTested = named.some((test) => {
      if (test.role !== 'test' || test.affix !== affix) return false;
      const tested = classFolders(test.child);
      return [...classFolders(child).keys()].filter((name) => tested.has(name)).length > 1;
    });
    return isTested && splitName(child.name) === null ? [{ child, role: 'train', word: '', affix }] : [];
  });
}

/** The folders of a folder, or of the only one in it. */
function classFolders({ children, images }: Folder): Folder['children'] {
  const [only, ...others] = children.values();
  return only === undefined || others.length > 0 || images > 0 ? children : classFolders(only);
}

/**
 * The one folder, of a name that is no number, that holds most of the folders beside it once more, and nothing else. Where
 * several do, or numbers, these are classes, each of which has parts of one kind.
 */
function copyIn({ children }: Folder): Folder | null {
  const [copy, ...more] = [...children.values()].filter(({ name, images, children: inside }) => {
    const [only, ...others] = inside.values();
    // One folder that is named like another tells little, unless it is around the classes.
    const isSet = others.length > 0 || (only !== undefined && only.children.size > 0);
    return images === 0 && isSet && !/^\d+$/.test(name) && [...inside.keys()].every((each) => children.has(each));
  });
  if (copy === undefined || more.length > 0) return null;
  const beside = children.size - 1;
  return beside > 0 && 2 * copy.children.size > beside ? copy : null;
}

type Named = SplitName & { readonly child: Folder };

function areSplits(named: readonly Named[], siblings: number): boolean {
  const [first, second] = named;
  if (first === undefined) return false;
  if (second === undefined && siblings === 1) {
    return first.affix === '' && first.child.children.size > 0;
  }
  const learnt = named.find(({ role }) => role === 'train');
  const roles = new Set(named.map(({ role }) => role));
  const areSorted = learnt !== undefined && learnt.child.children.size > 0 && roles.has('test');
  if (areSorted) return true;
  if (named.length < siblings || named.some(({ affix }) => affix !== first.affix)) return false;
  // Not the numbered parts of something else, as in `cat/train_001` beside `cat/train_002`.
  const isNumbered = new Set(named.map(({ word }) => word)).size === 1;
  if (isNumbered && named.some(({ child }) => child.children.size === 0)) return false;
  return first.affix === '' || roles.size > 1;
}

function leafOf(folder: Folder): Leaf {
  const chain: Folder[] = [];
  for (let each: Folder | null = folder; each?.parent != null; each = each.parent) chain.unshift(each);
  const last = chain.findLastIndex(({ role }) => role !== null);
  const begin = (last < 0 ? chain.findLastIndex(({ isCopy }) => isCopy) : last) + 1;
  let first = last < 0 ? begin : last;
  while (first > 0 && chain[first - 1]?.role != null) first -= 1;
  const names = chain.map(({ name }) => name);
  return {
    images: folder.images,
    role: chain[last]?.role ?? null,
    beside: chain.slice(last + 1).some(({ beside }) => beside),
    above: names.slice(0, first),
    split: names.slice(first, last + 1).join('/'),
    rest: names.slice(begin),
  };
}

function decide(leaves: readonly Leaf[], choice: LayoutChoice) {
  const inSplits = leaves.filter(({ role, beside }) => role !== null && !beside);
  const labelled = inSplits.filter(({ role, rest }) => role !== 'unlabelled' && rest.length > 0);
  // Where nothing lies below the splits, classes may be above them; where there are no splits, anywhere.
  const isAbove = labelled.length === 0 && new Set(inSplits.map(setOf)).size > 1;
  const hasSplits = labelled.length > 0 || isAbove;
  const inSets = hasSplits ? labelled : leaves.filter(({ role }) => role === null);
  const sets = [...new Set(inSets.map(setOf))].sort();
  const set = sets.find((each) => each === choice.set) ?? sets[0] ?? '';
  const used = new Set(
    hasSplits
      ? inSplits.filter((leaf) => leaf.role !== 'unlabelled' && (isAbove || setOf(leaf) === set))
      : leaves.filter((leaf) => leaf.role !== null || setOf(leaf) === set),
  );
  const found = readClasses([...used], isAbove ? ({ above }) => above : ({ rest }) => rest, choice.level);
  const placeOf = (leaf: Leaf): FilePlace => {
    if (used.has(leaf)) return found.places.get(leaf) ?? { side: null, reason: noClass() };
    if (leaf.role === 'unlabelled')
      return notUsed(sentence('data.skipped.unlabelled', { split: printable(leaf.split) }));
    if (hasSplits && (leaf.role === null || leaf.beside)) {
      return notUsed(sentence('data.skipped.noSplit', { splits: listed(splitsOf([...used])) }));
    }
    const other = printable(setOf(leaf));
    return notUsed(other === '' ? sentence('data.skipped.around') : sentence('data.skipped.otherSet', { set: other }));
  };
  const { levels, level } = found;
  return { sets, set, levels, level, placeOf, notes: notesOf([...used], placeOf, levels, level) };
}

function notUsed(reason: Sentence): FilePlace {
  return { side: null, reason };
}

function setOf({ above }: Leaf): string {
  return above.join('/');
}

function sideOf({ role }: Leaf): 'train' | 'test' {
  return role === 'test' ? 'test' : 'train';
}

function splitsOf(leaves: readonly Leaf[]): readonly string[] {
  return [...new Set(leaves.map(({ split }) => split))].filter((split) => split !== '').sort();
}

/** Rules 4 to 6, for the folders of one set. `pathOf` gives those in which a class is looked for. */
function readClasses(
  leaves: readonly Leaf[],
  pathOf: (leaf: Leaf) => readonly string[],
  wanted: number | undefined,
): { readonly level: number; readonly levels: readonly LayoutLevel[]; readonly places: ReadonlyMap<Leaf, FilePlace> } {
  const parts = grouped(leaves, ({ split }) => split);
  const [train, test] = (['train', 'test'] as const).map((side) =>
    parts.filter(([leaf]) => leaf !== undefined && sideOf(leaf) === side),
  );
  const varies = (part: readonly Leaf[]) => varyingLevel(part.map(pathOf)) !== null;
  // What the classes are is told by the images to learn from, unless those are not sorted.
  const isSorted = train?.some(varies) === true || test?.some(varies) !== true;
  const [telling = [], told = []] = isSorted ? [train, test] : [test, train];
  const found = varyingLevel(telling.flat().map(pathOf)) ?? 0;
  const chosen = wanted === found ? undefined : wanted;
  const levelOf = (part: readonly Leaf[]) => chosen ?? varyingLevel(part.map(pathOf)) ?? found;
  const classes = new Set(telling.flatMap((part) => part.flatMap((leaf) => pathOf(leaf)[levelOf(part)] ?? [])));
  const folded = new Map([...classes].map((name) => [name.toLowerCase(), name]));
  const classOf = (name: string) => (classes.has(name) ? name : folded.get(name.toLowerCase()));
  const teller = listed(splitsOf(telling.flat()));

  const places = new Map<Leaf, FilePlace>();
  const place = (leaf: Leaf, label: string | undefined) => {
    places.set(
      leaf,
      label === undefined ? { side: null, reason: noClass() } : { side: sideOf(leaf), label, reason: null },
    );
  };
  for (const part of telling) for (const leaf of part) place(leaf, pathOf(leaf)[levelOf(part)]);
  // Where one side alone is there, it tells the classes; else the other may have none of them.
  for (const part of telling.length === 0 ? [] : told) {
    const level = chosen ?? matchingLevel(part, pathOf, (name) => classOf(name) !== undefined);
    for (const leaf of part) {
      const name = level === null ? undefined : pathOf(leaf)[level];
      const label = name === undefined ? undefined : classOf(name);
      if (level === null)
        places.set(leaf, notUsed(sentence('data.skipped.noLabels', { split: printable(leaf.split) })));
      else if (name !== undefined && label === undefined) {
        places.set(leaf, notUsed(sentence('data.skipped.otherClass', { splits: teller })));
      } else place(leaf, label);
    }
  }
  const level = chosen ?? found;
  return { level, levels: levelsIn(leaves.map(pathOf), level), places };
}

/** The first level at which folders differ; null if they never do. */
function varyingLevel(paths: readonly (readonly string[])[]): number | null {
  for (let level = 0; level < depthOf(paths); level++) if (namesAt(paths, level).length > 1) return level;
  return null;
}

/** The level at which most images are in a class folder; null if none is. */
function matchingLevel(
  part: readonly Leaf[],
  pathOf: (leaf: Leaf) => readonly string[],
  isClass: (name: string) => boolean,
): number | null {
  let best: { readonly level: number; readonly images: number } | null = null;
  for (let level = 0; level < depthOf(part.map(pathOf)); level++) {
    const matching = part.filter((leaf) => isClass(pathOf(leaf)[level] ?? ''));
    const images = matching.reduce((sum, leaf) => sum + leaf.images, 0);
    if (images > (best?.images ?? 0)) best = { level, images };
  }
  return best?.level ?? null;
}

function depthOf(paths: readonly (readonly string[])[]): number {
  return paths.reduce((deepest, { length }) => Math.max(deepest, length), 0);
}

function namesAt(paths: readonly (readonly string[])[], level: number): readonly string[] {
  return [...new Set(paths.flatMap((path) => path[level] ?? []))];
}

/** The levels at which there is something to choose between, and the one that is used. */
function levelsIn(paths: readonly (readonly string[])[], used: number): readonly LayoutLevel[] {
  const all = Array.from({ length: depthOf(paths) }, (_, level) => ({ level, names: namesAt(paths, level) }));
  return all.filter(({ level, names }) => names.length > 1 || level === used);
}

function notesOf(
  leaves: readonly Leaf[],
  placeOf: (leaf: Leaf) => FilePlace,
  levels: readonly LayoutLevel[],
  level: number,
): readonly Sentence[] {
  const used = leaves.filter((leaf) => placeOf(leaf).side !== null);
  const [learnt, tested] = (['train', 'test'] as const).map((side) =>
    splitsOf(used.filter((leaf) => sideOf(leaf) === side)),
  );
  const notes: Sentence[] = [];
  if (learnt?.length && tested?.length) {
    notes.push(sentence('data.note.sides', { train: listed(learnt), test: listed(tested) }));
  } else if (learnt?.length || tested?.length) {
    notes.push(sentence('data.note.oneSide', { splits: listed([...(learnt ?? []), ...(tested ?? [])]) }));
  }
  const other = levels.filter((each) => each.level !== level);
  for (const { names } of other) notes.push(sentence('data.note.folders', { names: listed(names) }));
  return notes;
}

function listed(names: readonly string[]): Phrase {
  return someOf(names, 4);
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
