import { listOf, type Phrase } from '../language/sentence.ts';

/**
 * Maximum number of characters of outside text in a message, of which the last `TAIL` are its end: ".png" is
 * informative.
 */
const LONGEST = 60;
const TAIL = 19;

/** Characters that are not seen, or that change the order in which others are: control, bidi, zero-width, fillers. */
const INVISIBLE = /^(?![\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]$/u;

/**
 * A value from outside (a file, a link, a script) as a sentence quotes it: a text in quotation marks, anything else as
 * JSON. Every complaint that repeats outside input does so by this function or by `printable`, so that none is longer
 * than a line or two, and none hides or reorders a part of itself.
 */
export function quote(input: unknown): string {
  if (typeof input === 'string') return `"${bounded(input, (point) => JSON.stringify(point).slice(1, -1))}"`;
  if (typeof input === 'number') return String(input);
  return printable(jsonOf(input));
}

/** A name from outside as a sentence uses it, without quotation marks: "photos/cat.png does not decode". */
export function printable(name: string): string {
  return bounded(name, (point) => point);
}

/** The first names of a list from outside, and how many more there are, in any language. */
export function someOf(names: readonly string[], most = 8): Phrase {
  return listOf(names.map(printable), most);
}

/** The beginning of a name, no longer than what takes it allows; no surrogate pair is cut. */
export function cutName(name: string, most = LONGEST): string {
  return name.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

function jsonOf(input: unknown): string {
  try {
    return JSON.stringify(input) ?? 'nothing';
  } catch {
    // JSON has no big integers and no cycles.
    return typeof input === 'bigint' ? `${input}n` : 'an object that JSON cannot hold';
  }
}

/** Works on code points, so that no surrogate pair is cut; graphemes would not do, since one may be of any length. */
function bounded(text: string, encode: (point: string) => string): string {
  const pieces = (part: string) => [...part].map((point) => (INVISIBLE.test(point) ? codeOf(point) : encode(point)));
  const start = pieces(text.slice(0, 2 * LONGEST));
  if (text.length <= 2 * LONGEST && start.reduce((sum, piece) => sum + lengthOf(piece), 0) <= LONGEST) {
    return start.join('');
  }
  const end = pieces(text.slice(-2 * LONGEST)).reverse();
  return `${fitting(start, LONGEST - TAIL - 1).join('')}…${fitting(end, TAIL).reverse().join('')}`;
}

function codeOf(point: string): string {
  const code = (point.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}

function lengthOf(piece: string): number {
  return [...piece].length;
}

/** The first pieces that together have at most `most` characters. */
function fitting(pieces: readonly string[], most: number): string[] {
  let length = 0;
  const end = pieces.findIndex((piece) => {
    length += lengthOf(piece);
    return length > most;
  });
  return pieces.slice(0, end < 0 ? pieces.length : end);
}
