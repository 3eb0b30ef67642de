/** Widths in ems of a common sans-serif, from narrow signs to wide; the page's own font is close to it. */
const WIDTHS: readonly (readonly [signs: RegExp, ems: number])[] = [
  [/[…\u2e80-\uffef]/, 1],
  [/[ijl.,:;'|!()[\]‘’]/, 0.27],
  [/[frt\s“”÷-]/, 0.36],
  [/[mwMW—%]/, 0.86],
  [/[A-Z]/, 0.67],
];
const REST = 0.555;

const known = new Map<string, number>();

function ems(sign: string): number {
  const found = known.get(sign) ?? WIDTHS.find(([signs]) => signs.test(sign))?.[1] ?? REST;
  known.set(sign, found);
  return found;
}

/** About how wide a text is in pixels, without asking the DOM: charts are functions of data and size. */
export function textWidth(text: string, size: number, bold = false): number {
  let sum = 0;
  for (const sign of text) sum += ems(sign);
  return sum * size * (bold ? 1.07 : 1);
}

/** The text cut to a width, with an ellipsis where something is missing. */
export function fitText(text: string, width: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  const signs = [...text];
  while (signs.length > 1 && textWidth(`${signs.join('')}…`, size, bold) > width) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}

/** Between these a line may be broken: words with the space behind them, and single Chinese signs. */
const UNITS = /[\u2e80-\uffef][，。：；、）”]*\s*|[^\s\u2e80-\uffef]+\s*/gu;

/**
 * The text in one row, or in two where one is too narrow: the first within `width`, the last, which is cut where it must
 * be, within `lastWidth`.
 */
export function wrapText(
  text: string,
  width: number,
  lastWidth: number,
  size: number,
  bold = false,
): readonly [string] | readonly [string, string] {
  if (textWidth(text, size, bold) <= lastWidth) return [text];
  let first = '';
  for (const [unit] of text.matchAll(UNITS)) {
    const longer = `${first}${unit}`;
    if (longer.length >= text.length || textWidth(longer.trimEnd(), size, bold) > width) break;
    first = longer;
  }
  if (first === '') return [fitText(text, lastWidth, size, bold)];
  return [first.trimEnd(), fitText(text.slice(first.length), lastWidth, size, bold)];
}
