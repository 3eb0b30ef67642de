/** What a folder's images are labelled with: the name of this folder or of one around it. */
export interface FolderLabel {
  readonly text: string;
  /** The index of its class; null if it stands for none. */
  readonly index: number | null;
}

/** How the names of folders stand for classes. */
export interface FolderMatcher {
  readonly match: (name: string) => number | null;
  readonly matchId: (name: string) => number | null;
  /** Whether a name is a number that no class is called by. */
  readonly isIndex: (name: string) => boolean;
}

/** A folder that has images in it or below. */
interface Folder {
  readonly name: string;
  readonly children: Map<string, Folder>;
  /** Whether images are directly in it. */
  holds: boolean;
  /** Number of images in it and below that no WordNet id labels. */
  images: number;
  /** Whether the folders in it are the classes. */
  isSorted: boolean;
}

/**
 * The labels of folders with images, by path; `images` says how many are directly in each. Which level of folders is the
 * classes is decided for all images together, as for a data set (`layout.ts`), and what is called otherwise at that level is
 * of no class, whatever it lies in:
 *
 * 1. A WordNet id names the class at any level, the innermost first.
 * 2. The other classes are the level at which most images are in a folder of a class's name, an outer one before an inner
 *    one. Parts of a set, such as `train` and `test`, may have levels of their own.
 * 3. A folder around all of the images names no class, unless some are directly in it: `Desktop/notebook/cats`.
 * 4. Numbers that no class is called by are classes only where no name is, and there are several of them: they may as well be dates or parts.
 */
export function labelsOfFolders(
  images: ReadonlyMap<string, number>,
  { match, matchId, isIndex }: FolderMatcher,
): ReadonlyMap<string, FolderLabel> {
  const labels = new Map<string, FolderLabel>();
  const root = folderNamed('');
  for (const [path, count] of images) {
    const names = path === '' ? [] : path.split('/');
    const id = names.findLast((name) => matchId(name) !== null);
    if (id !== undefined) labels.set(path, { text: id, index: matchId(id) });
    addTo(root, names, id === undefined ? count : 0);
  }
  const top = withoutAround(root);
  const isName = (name: string) => !isIndex(name) && match(name) !== null;
  const isNumber = (name: string) => isIndex(name) && match(name) !== null;
  const byName = markSorted(top, isName, 1) > 0;
  if (!byName) markSorted(top, isNumber, 2);
  const isClass = byName ? isName : isNumber;
  for (const path of images.keys()) {
    if (path === '' || labels.has(path)) continue;
    const { text, isDecided } = classFolder(root, path.split('/'));
    labels.set(path, { text, index: isDecided && isClass(text) ? match(text) : null });
  }
  return labels;
}

function folderNamed(name: string): Folder {
  return { name, children: new Map(), holds: false, images: 0, isSorted: false };
}

function addTo(root: Folder, names: readonly string[], images: number): void {
  let folder = root;
  folder.images += images;
  for (const name of names) {
    const child = folder.children.get(name) ?? folderNamed(name);
    folder.children.set(name, child);
    folder = child;
    folder.images += images;
  }
  folder.holds = true;
}

/** The innermost folder whose folders may be classes: of those around all images, the last may be one only if it holds some. */
function withoutAround(root: Folder): Folder {
  let top = root;
  while (!top.holds && top.children.size === 1) {
    const [only] = top.children.values();
    if (only === undefined || only.holds) break;
    top = only;
  }
  return top;
}

/**
 * Marks the folders in which folders are the classes, `least` of them or more. Returns the number of images in folders of
 * classes.
 */
function markSorted(folder: Folder, isClass: (name: string) => boolean, least: number): number {
  const children = [...folder.children.values()];
  const classes = children.filter(({ name }) => isClass(name));
  const here = classes.length < least ? 0 : classes.reduce((sum, { images }) => sum + images, 0);
  const deeper = children.reduce((sum, child) => sum + markSorted(child, isClass, least), 0);
  folder.isSorted = here > 0 && here >= deeper;
  return Math.max(here, deeper);
}

/** The folder of this path that is a class's, or the innermost where that is not decided. */
function classFolder(root: Folder, names: readonly string[]): { readonly text: string; readonly isDecided: boolean } {
  let folder: Folder | undefined = root;
  for (const text of names) {
    if (folder?.isSorted === true) return { text, isDecided: true };
    folder = folder?.children.get(text);
  }
  return { text: names.at(-1) ?? '', isDecided: false };
}
