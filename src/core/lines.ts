/** Chinese characters and their punctuation, between which a line may end. */
const CHINESE = '\\u2e80-\\u9fff\\uff00-\\uff60';

/** What does not end a line, and what does not begin one. */
const OPENING = '（「『《〈【〔“‘';
const CLOSING = '，。、；：？！）」』》〉】〕”’…';

const PIECE = new RegExp(
  `[${OPENING}]*(?:[^\\s${CHINESE}${OPENING}]+|[${CHINESE}])[${CLOSING}]*\\s*|[${OPENING}]+\\s*|\\s+`,
  'gu',
);

/** A text in the pieces behind which a line may end, as in a browser: words, and single Chinese characters. Together they are the text. */
export function linePieces(text: string): readonly string[] {
  return text.match(PIECE) ?? [];
}

/** A text in lines that `fit`, where its pieces do; none for an empty text. */
export function wrapped(text: string, fits: (line: string) => boolean): readonly string[] {
  const lines: string[] = [];
  for (const piece of linePieces(text.trim())) {
    const longer = `${lines.at(-1) ?? ''}${piece}`;
    if (lines.length === 0 || !fits(longer.trimEnd())) lines.push(piece);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => line.trimEnd());
}
