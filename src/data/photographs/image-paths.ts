import { baseName, folderOfFile, sharedFolders } from '../import/sets/paths.ts';

/** The paths of all image files, by folder and by name, so that each table of labels looks only at those that it may name. */
export class ImagePaths {
  /** Number of leading folders that all of them share. */
  readonly around: number;
  readonly #inFolder = new Map<string, number>();
  /** In the folder or below it; '' is the folder of all. */
  readonly #below = new Map<string, string[]>();
  readonly #byStem = new Map<string, string[]>();

  constructor(images: readonly string[]) {
    this.around = sharedFolders(images.map((path) => path.split('/').slice(0, -1)));
    for (const path of images) {
      const folder = folderOfFile(path);
      this.#inFolder.set(folder, 1 + this.countIn(folder));
      for (let each = folder; each !== ''; each = folderOfFile(each)) add(this.#below, each, path);
      add(this.#below, '', path);
      add(this.#byStem, stem(baseName(path)), path);
    }
  }

  /** Number of images directly in a folder. */
  countIn(folder: string): number {
    return this.#inFolder.get(folder) ?? 0;
  }

  /**
   * The images in a folder or below it that may have one of these names without an ending: all of them, where they are
   * fewer than the names.
   */
  mayBeCalled(stems: ReadonlySet<string>, folder: string): readonly string[] {
    const below = this.#below.get(folder) ?? [];
    if (below.length <= stems.size) return below;
    const called = [...stems].flatMap((each) => this.#byStem.get(each) ?? []);
    return folder === '' ? called : called.filter((path) => path.startsWith(`${folder}/`));
  }
}

/** A file's name, or its path, without the ending. */
export function stem(name: string): string {
  return name.replace(/\.[A-Za-z0-9]{1,5}$/, '');
}

function add(lists: Map<string, string[]>, key: string, path: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [path]);
  else list.push(path);
}
