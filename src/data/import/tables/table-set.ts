import type { TableChoice } from '../../../core/data/library.ts';
import { cutName, printable } from '../../../core/quote.ts';
import { sentence } from '../../../language/sentence.ts';
import { PICTURE_SIZE } from '../../decoded-images.ts';
import type { LabelColumn } from '../../parquet/image-columns.ts';
import { SkippedFiles } from '../entry.ts';
import { sortedNames } from '../image-accumulator.ts';
import type { ImportedDataset, Labelled } from '../sets/imported-dataset.ts';
import type { Step } from './table-plan.ts';
import { type Piece, partOf, rowName } from './table-rows.ts';

/** A step of reading, and what was read in it. */
export interface Used {
  readonly step: Step;
  readonly piece: Piece;
}

/** The pieces in the order of the files, without test images of classes that nothing is learnt of. */
export function setOf(
  used: readonly Used[],
  label: LabelColumn,
  learnt: ReadonlySet<string>,
  { train, test }: TableChoice,
): ImportedDataset {
  const classes = label.classes ?? sortedNames(learnt);
  const place = new Map(classes.map((each, index) => [each, index]));
  const sides: Record<Step['side'], Labelled[]> = { train: [], test: [] };
  const skipped = new SkippedFiles();
  const others = new Map<string, number>();
  for (const { step, piece } of used.toSorted(inFileOrder)) {
    for (const { row, reason } of piece.skipped) skipped.add(rowName(step, row), reason);
    for (const name of piece.names) if (!learnt.has(name)) others.set(name, (others.get(name) ?? 0) + 1);
    const { images, names } = partOf(piece, (_, name) => learnt.has(name));
    if (names.length === 0) continue;
    sides[step.side].push({ images, labels: Uint8Array.from(names, (name) => place.get(name) ?? 0) });
  }
  const reason = sentence('data.skipped.otherClass', { splits: printable(train) });
  for (const [name, count] of others) {
    skipped.add(`${test}/${cutName(name, LONGEST_NAME)}`, sentence('data.skipped.images', { count, reason }), count);
  }
  return { kind: 'Parquet', size: PICTURE_SIZE, classes: label.classes ?? shortNames(classes), ...sides, skipped };
}

const LONGEST_NAME = 100;

/**
 * Labels as names of classes, which are kept with their images: of whole sentences the beginnings, numbered where these are
 * the name of another class. Names that a file declares stay as they are: sets that are stored have their hash.
 */
function shortNames(labels: readonly string[]): readonly string[] {
  const taken = new Set(labels.filter(({ length }) => length <= LONGEST_NAME));
  return labels.map((label) => {
    if (label.length <= LONGEST_NAME) return label;
    const short = cutName(label, LONGEST_NAME);
    let name = short;
    for (let nth = 2; taken.has(name); nth++) name = `${short} (${nth})`;
    taken.add(name);
    return name;
  });
}

function inFileOrder({ step: one }: Used, { step: other }: Used): number {
  const [name, otherName] = [one.table.source.name, other.table.source.name];
  return name.localeCompare(otherName, 'en', { numeric: true }) || one.row - other.row;
}
