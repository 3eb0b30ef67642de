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

import { printable } from '../../../core/quote.ts';
import { type Sentence, sentence } from '../../../language/sentence.ts';
import { type FilePlace, firstNames, type LayoutLevel, noClass, notUsed, readClasses } from './class-level.ts';
import { type Leaf, leavesOf, setFolder, sideOf, splitsOf } from './folder-tree.ts';
import { folderOfFile } from './paths.ts';

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

/** The user's choice of a set and a class level, where it overrides the rules. */
export interface LayoutChoice {
  readonly set?: string | undefined;
  readonly level?: number | undefined;
}

/** Decides from the paths which folder level names the classes, and which folders are splits. */
export function layOut(paths: readonly string[], choice: LayoutChoice = {}): FolderLayout {
  const leaves = leavesOf(paths);
  const decided = decide([...leaves.values()], choice);
  const places = paths.map((path) => {
    const leaf = leaves.get(folderOfFile(path));
    return leaf === undefined ? noClass() : decided.placeOf(leaf);
  });
  const { sets, set, levels, level, notes } = decided;
  return { places, sets, set, levels, level, notes };
}

function decide(leaves: readonly Leaf[], choice: LayoutChoice) {
  const inSplits = leaves.filter(({ role, beside }) => role !== null && !beside);
  const labelled = inSplits.filter(({ role, rest }) => role !== 'unlabelled' && rest.length > 0);
  // Where nothing lies below the splits, classes may be above them; where there are no splits, anywhere.
  const isAbove = labelled.length === 0 && new Set(inSplits.map(setFolder)).size > 1;
  const hasSplits = labelled.length > 0 || isAbove;
  const inSets = hasSplits ? labelled : leaves.filter(({ role }) => role === null);
  const sets = [...new Set(inSets.map(setFolder))].sort();
  const set = sets.find((each) => each === choice.set) ?? sets[0] ?? '';
  const used = new Set(
    hasSplits
      ? inSplits.filter((leaf) => leaf.role !== 'unlabelled' && (isAbove || setFolder(leaf) === set))
      : leaves.filter((leaf) => leaf.role !== null || setFolder(leaf) === set),
  );
  const found = readClasses([...used], isAbove ? ({ above }) => above : ({ rest }) => rest, choice.level);
  const placeOf = (leaf: Leaf): FilePlace => {
    if (used.has(leaf)) return found.places.get(leaf) ?? noClass();
    if (leaf.role === 'unlabelled')
      return notUsed(sentence('data.skipped.unlabelled', { split: printable(leaf.split) }));
    if (hasSplits && (leaf.role === null || leaf.beside)) {
      return notUsed(sentence('data.skipped.noSplit', { splits: firstNames(splitsOf([...used])) }));
    }
    const other = printable(setFolder(leaf));
    return notUsed(other === '' ? sentence('data.skipped.around') : sentence('data.skipped.otherSet', { set: other }));
  };
  const { levels, level } = found;
  return { sets, set, levels, level, placeOf, notes: notesOf([...used], placeOf, levels, level) };
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
    notes.push(sentence('data.note.sides', { train: firstNames(learnt), test: firstNames(tested) }));
  } else if (learnt?.length || tested?.length) {
    notes.push(sentence('data.note.oneSide', { splits: firstNames([...(learnt ?? []), ...(tested ?? [])]) }));
  }
  const other = levels.filter((each) => each.level !== level);
  for (const { names } of other) notes.push(sentence('data.note.folders', { names: firstNames(names) }));
  return notes;
}
