const WIDE = /[\u2e80-\uffef]/;

/** About how wide a text is in pixels, without asking the DOM: charts are functions of data and size. */
export function textWidth(text: string, size: number, bold = false): number {
  let ems = 0;
  for (const sign of text) ems += WIDE.test(sign) ? 1 : 0.56;
  return ems * size * (bold ? 1.06 : 1);
}

/** The text cut to a width, with an ellipsis where something is missing. */
export function fitText(text: string, width: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  const signs = [...text];
  while (signs.length > 1 && textWidth(`${signs.join('')}…`, size, bold) > width) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}
