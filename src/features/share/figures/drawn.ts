import { plainColour } from './css-colour.ts';
import { assertReadable } from './png.ts';
import { inlined, svgNode, tenth } from './svg.ts';

/** What lies over a picture for eyes, ears and hands, and is no part of it. */
const NOT_DRAWN = '[data-fleeting], .vh, button';

interface Origin {
  readonly left: number;
  readonly top: number;
}

/**
 * Everything that is drawn in an element, as SVG around its upper left corner: SVG, canvases, words and grounds. Throws a
 * `CanvasNoiseError` for a canvas whose pixels the browser falsifies.
 */
export function drawn(element: Element): SVGElement {
  const { left, top } = element.getBoundingClientRect();
  return svgNode('g', {}, ...partsOf(element, { left, top }));
}

function partsOf(element: Element, origin: Origin): readonly SVGElement[] {
  if (element.matches(NOT_DRAWN)) return [];
  const box = element.getBoundingClientRect();
  const place = {
    x: tenth(box.left - origin.left),
    y: tenth(box.top - origin.top),
    width: tenth(box.width),
    height: tenth(box.height),
  };
  if (element instanceof SVGSVGElement) {
    const copy = inlined(element);
    for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(value));
    copy.setAttribute('overflow', getComputedStyle(element).overflow === 'hidden' ? 'hidden' : 'visible');
    return [copy];
  }
  if (element instanceof HTMLCanvasElement) {
    assertReadable();
    return [svgNode('image', { ...place, href: element.toDataURL(), 'image-rendering': 'pixelated' })];
  }
  const ground = plainColour(getComputedStyle(element).backgroundColor);
  const parts = [...element.childNodes].flatMap((child) => {
    if (child instanceof Element) return partsOf(child, origin);
    return child instanceof Text ? wordsOf(child, element, origin) : [];
  });
  if (ground.alpha === 0 || box.width === 0) return parts;
  return [svgNode('rect', { ...place, fill: ground.hex, 'fill-opacity': ground.alpha }), ...parts];
}

/** A text as it is broken into lines. */
function wordsOf(text: Text, parent: Element, { left, top }: Origin): readonly SVGElement[] {
  const style = getComputedStyle(parent);
  const size = Number.parseFloat(style.fontSize);
  const lines = new Map<number, { x: number; y: number; words: string[] }>();
  const range = document.createRange();
  for (const match of text.data.matchAll(/\S+/g)) {
    range.setStart(text, match.index);
    range.setEnd(text, match.index + match[0].length);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    // Letters stand on about a fifth of their size.
    const line = lines.get(box.top) ?? {
      x: box.left - left,
      y: (box.top + box.bottom) / 2 + 0.35 * size - top,
      words: [],
    };
    line.words.push(match[0]);
    lines.set(box.top, line);
  }
  const { hex } = plainColour(style.color);
  return [...lines.values()].map(({ x, y, words }) =>
    svgNode(
      'text',
      {
        x: tenth(x),
        y: tenth(y),
        fill: hex,
        'font-size': style.fontSize,
        'font-weight': style.fontWeight === '400' ? null : style.fontWeight,
        'font-style': style.fontStyle === 'normal' ? null : style.fontStyle,
        'font-family': style.fontFamily === getComputedStyle(document.body).fontFamily ? null : style.fontFamily,
      },
      words.join(' '),
    ),
  );
}
