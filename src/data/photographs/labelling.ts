import type { LeftOut, PhotoClass, PhotoSet } from '../../core/data/photographs.ts';
import { sentence } from '../../language/sentence.ts';
import { layOut } from '../import/sets/layout.ts';
import { baseName, folderOfFile } from '../import/sets/paths.ts';
import { labelsOfFolders } from './class-folders.ts';
import { ClassMatcher } from './class-matcher.ts';

/** Unknown labels that are named; the others are counted. */
const MOST_NAMED = 50;

/** A photograph before its class is known. */
export interface Candidate {
  readonly path: string;
  /** The text that a table labels it with; null where its folders may do so. */
  readonly label: string | null;
  /** Whether the table does not say that this is the label: it may as well be a caption, an author or a year. */
  readonly isGuess: boolean;
}

/**
 * Labels image files where there are no classes to match, so that the labels can be the classes: by tables that say where
 * their labels are, where these label any of the files, else by the folders that `layOut` takes for classes, else by what
 * may be labels in other tables. What has no such label is left out.
 */
export function labelledAlone<Photo extends Candidate>(
  images: readonly Photo[],
  onLeftOut: (file: LeftOut) => void,
): readonly Photo[] {
  const isLabelled = images.some(({ label, isGuess }) => label !== null && !isGuess);
  const places = isLabelled ? [] : layOut(images.map(({ path }) => path)).places;
  const byFolder = places.map((place, nth) => (place.side === null ? ownId(images[nth]?.path ?? '') : place.label));
  const areClasses = new Set(byFolder.filter((label) => label !== null)).size > 1;
  const isGuessed = !isLabelled && !areClasses && images.some(({ isGuess }) => isGuess);
  return images.flatMap((image, nth) => {
    const byTable = image.isGuess === isGuessed ? image.label : null;
    const label = byTable ?? (isGuessed ? null : (byFolder[nth] ?? null));
    if (label !== null) return [{ ...image, label, isGuess: false }];
    onLeftOut({ path: image.path, reason: places[nth]?.reason ?? sentence('data.row.noLabel') });
    return [];
  });
}

/** The photographs of a known class, each with its index, and the labels of the others. */
export function matched<Photo extends Candidate>(
  candidates: readonly Photo[],
  classes: readonly PhotoClass[],
  lists: readonly (readonly string[])[],
  onLeftOut: (file: LeftOut) => void,
) {
  const matcher = new ClassMatcher(classes);
  const known = new Map<string, number | null>();
  for (const list of lists) {
    for (const [at, index] of matcher.matchList(list).entries()) known.set(list[at] ?? '', index);
  }
  const match = (text: string) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const index = matcher.match(text);
    known.set(text, index);
    return index;
  };
  const folders = new Map<string, number>();
  for (const { path, label, isGuess } of candidates) {
    if (label === null || isGuess) folders.set(folderOfFile(path), 1 + (folders.get(folderOfFile(path)) ?? 0));
  }
  const labels = labelsOfFolders(folders, {
    match,
    matchId: (name) => matcher.matchId(name),
    isIndex: (name) => matcher.isIndex(name),
  });
  const unknown = new Map<string, number>();
  const photos = candidates.flatMap((photo) => {
    const { path, label: told, isGuess } = photo;
    const isOpen = told === null || isGuess;
    const folder = isOpen ? labels.get(folderOfFile(path)) : undefined;
    const id = isOpen ? ownId(path) : null;
    const text = told ?? folder?.text ?? id;
    if (text === null) {
      onLeftOut({ path, reason: sentence('data.skipped.noClass') });
      return [];
    }
    const byTable = told === null ? null : match(told);
    const byPlace = folder?.index ?? (id === null ? null : match(id));
    // A number that nothing calls a label may be a year or a size: where the folder is called as a class, it counts.
    const isCalled = id !== null || (folder !== undefined && !matcher.isIndex(folder.text));
    const label = isGuess && isCalled && matcher.isIndex(text) ? (byPlace ?? byTable) : (byTable ?? byPlace);
    if (label !== null) return [{ photo, label }];
    unknown.set(text, 1 + (unknown.get(text) ?? 0));
    return [];
  });
  return { photos, unknown: byPhotos(unknown) };
}

/** The WordNet id that a file's own name begins with in ImageNet ("n01440764_36.JPEG"). */
function ownId(path: string): string | null {
  const [id = null] = /^n\d{8}(?=_)/.exec(baseName(path)) ?? [];
  return id;
}

function byPhotos(labels: ReadonlyMap<string, number>): PhotoSet['unknown'] {
  const all = [...labels].map(([label, photos]) => ({ label, photos })).sort((a, b) => b.photos - a.photos);
  const photos = all.reduce((sum, each) => sum + each.photos, 0);
  return { named: all.slice(0, MOST_NAMED), labels: all.length, photos };
}
