import {
  type ClassLevel,
  type Duplicates,
  type FoundSet,
  type TableOffer,
  testedBeside,
} from '../../core/data/library.ts';
import { bytesText, count } from '../../core/format.ts';
import { printable } from '../../core/quote.ts';
import { say } from '../../language/say.ts';
import { listOf, sayIt } from '../../language/sentence.ts';

/** What images of another size cost the nets of a race. */
export interface SizeCost {
  readonly size: number;
  readonly times: number;
  /** A round's seconds, measured now and estimated; null where none was made. */
  readonly seconds: { readonly before: number; readonly after: number } | null;
  readonly bytes: number;
}

/** What images of another size cost, as a sentence. */
export function sizeCostText({ size, times, seconds, bytes }: SizeCost): string {
  const same = { size, memory: bytesText(bytes) };
  const cost = { ...same, times: times.toPrecision(2) };
  if (seconds === null) return times === 1 ? say('library.sizeSame', same) : say('library.sizeCost', cost);
  const timed = { before: secondsText(seconds.before), after: secondsText(seconds.after) };
  return times === 1
    ? say('library.sizeSameTimed', { ...same, ...timed })
    : say('library.sizeCostTimed', { ...cost, ...timed });
}

/** "0.30 s", "12 s" */
function secondsText(seconds: number): string {
  return say('library.seconds', { seconds: seconds < 10 ? seconds.toPrecision(2) : count(Math.round(seconds)) });
}

/** What is about to be read of a table, sentence by sentence. */
export function offerTexts(offer: TableOffer): readonly string[] {
  const { choice, train, test, images, source, here, partial } = offer;
  const tested = test === null ? 0 : testedBeside(choice.count, train.rows, test.rows);
  const left = Math.max(0, choice.count + tested - here);
  const bytes = (images.find(({ name }) => name === choice.image)?.bytes ?? 0) * left;
  const [size, read] = [bytesText(bytes), { count: choice.count, rows: train.rows }];
  return [
    test === null ? say('library.readTrain', read) : say('library.readBoth', { ...read, tested, testRows: test.rows }),
    ...(choice.count < train.rows ? [say('library.spread')] : []),
    ...(source === 'hub' && left > 0 ? [say('library.toDownload', { size })] : []),
    ...(here > 0 ? [say(source === 'hub' ? 'library.isHere' : 'library.isRead', { images: here })] : []),
    ...(partial ? [say('library.partial')] : []),
  ];
}

/** A data set among several in the same files. */
export function setText({ name, kind }: FoundSet): string {
  return kind === 'images' ? say('library.setFolders', { name }) : say('library.setKind', { name, kind });
}

/** A level of folders that may name the classes: "cat, dog … (37 folders)". */
export function levelText({ names, count: folders }: ClassLevel): string {
  const level = { names: sayIt(listOf(names.map(printable))), folders };
  return folders > names.length ? say('library.levelMore', level) : say('library.level', level);
}

/** What it means that images are on both sides of the split. */
export function sharedText({ shared, otherClass }: Duplicates, test: number): string {
  return otherClass === 0
    ? say('library.shared', { shared, test })
    : say('library.sharedOther', { shared, test, other: otherClass });
}

/** How many images of a side repeat another one of it; null where none does. */
export function repeatedText({ withinTrain: train, withinTest: test }: Duplicates): string | null {
  if (train > 0 && test > 0) return say('library.repeatedBoth', { train, test });
  if (train > 0) return say('library.repeatedTrain', { train });
  return test > 0 ? say('library.repeatedTest', { test }) : null;
}
