/** The folder level at which images are sorted into classes. Rules 4 to 6 of `layout.ts`. */

import { printable, someOf } from '../../../core/quote.ts';
import { type Phrase, type Sentence, sentence } from '../../../language/sentence.ts';
import { type Leaf, sideOf, splitsOf } from './folder-tree.ts';

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

/** Rules 4 to 6, for the folders of one set. `pathOf` gives those in which a class is looked for. */
export function readClasses(
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
  const teller = firstNames(splitsOf(telling.flat()));

  const places = new Map<Leaf, FilePlace>();
  const place = (leaf: Leaf, label: string | undefined) => {
    places.set(leaf, label === undefined ? noClass() : { side: sideOf(leaf), label, reason: null });
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

/** The place of a file in no class folder. */
export function noClass(): FilePlace {
  return notUsed(sentence('data.skipped.noClass'));
}

/** The place of a file that is left out. */
export function notUsed(reason: Sentence): FilePlace {
  return { side: null, reason };
}

/** The first of the names, and how many more there are. */
export function firstNames(names: readonly string[]): Phrase {
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
