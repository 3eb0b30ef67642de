/** Pieces of text joined as the language of here and now does it. Pieces that are empty are left out. */
import { language, say } from './say.ts';

type Pieces = readonly (string | undefined)[];

/** "a, b", in Chinese "a，b". For the items of a list there is `listOf`, and for "a, b and c" `listed`. */
export function commaJoined(pieces: Pieces): string {
  return joined(pieces, (first, next) => say('runs.inTurn', { first, next }));
}

/** "a; b", in Chinese "a；b" */
export function semicolonJoined(pieces: Pieces): string {
  return joined(pieces, (first, next) => say('charts.andNext', { first, next }));
}

/** "a. b", in Chinese "a。b", for pieces that end in no stop */
export function stopJoined(pieces: Pieces): string {
  return joined(pieces, (first, next) => say('charts.andThen', { first, next }));
}

/** Whole sentences one after another, which English has spaces between. */
export function sentencesJoined(pieces: Pieces): string {
  return joined(pieces, (first, second) => say('cures.sentences', { first, second }));
}

/** The same of sentences that are cut into pieces. */
export function piecesJoined<Piece extends { readonly text: string }>(
  sentences: readonly (readonly Piece[])[],
): readonly (Piece | { readonly text: string })[] {
  const gap = language() === 'zh' ? [] : [{ text: ' ' }];
  const said = sentences.filter((pieces) => pieces.length > 0);
  return said.flatMap<Piece | { readonly text: string }>((pieces, index) =>
    index === 0 ? pieces : [...gap, ...pieces],
  );
}

/** Pieces of a message as plain text, without their tags. */
export function textOf(pieces: readonly { readonly text: string }[]): string {
  return pieces.map(({ text }) => text).join('');
}

function joined(pieces: Pieces, join: (before: string, next: string) => string): string {
  const [first = '', ...rest] = pieces.flatMap((piece) => (piece ? [piece] : []));
  return rest.reduce(join, first);
}
