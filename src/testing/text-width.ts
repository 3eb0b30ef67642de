/** Han, and the punctuation and letters that are as wide. */
const WIDE = /[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u;

/** How many letters wide a text is: a Chinese character takes the room of two. */
export function widthInLetters(text: string): number {
  return [...text].reduce((sum, sign) => sum + (WIDE.test(sign) ? 2 : 1), 0);
}
