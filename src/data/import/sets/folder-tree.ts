/** The folders of a set of images: which of them are splits, sets and copies. Rules 1 to 3 of `layout.ts`. */

import { folderOfFile } from './paths.ts';
import { type SplitName, type SplitRole, splitName, tellingWords } from './split-name.ts';

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
export interface Leaf {
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

/** The folders that have images directly in them, by path, with the splits, sets and copies among those above. */
export function leavesOf(paths: readonly string[]): ReadonlyMap<string, Leaf> {
  const root = folderNamed('', null);
  const folders = new Map<string, Folder>();
  for (const path of paths) {
    const folder = folderOfFile(path);
    const found = folders.get(folder) ?? folderAt(root, folder);
    found.images += 1;
    folders.set(folder, found);
  }
  markSplits(root);
  return new Map([...folders].map(([path, folder]) => [path, leafOf(folder)]));
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

/** The folders that contain its splits, as one path. */
export function setFolder({ above }: Leaf): string {
  return above.join('/');
}

/** Which images it holds: those to learn from, or those to test on. */
export function sideOf({ role }: Leaf): 'train' | 'test' {
  return role === 'test' ? 'test' : 'train';
}

/** The paths of their splits, sorted. */
export function splitsOf(leaves: readonly Leaf[]): readonly string[] {
  return [...new Set(leaves.map(({ split }) => split))].filter((split) => split !== '').sort();
}
