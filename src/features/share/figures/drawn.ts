import { zoomOf } from '../../../charts/plot-area.ts';
import { plainColour } from './css-colour.ts';
import { assertReadable } from './png.ts';
import { inlined, svgNode, tenth } from './svg.ts';

/** What lies over a picture for eyes, ears and hands, and is no part of it. */
const NOT_DRAWN = '[data-fleeting], .vh, button';

interface Origin {
  readonly left: number;
  readonly top: number;
  /** How much larger than its own pixels the page shows it. */
  readonly zoom: number;
}

/**
 * Everything that is drawn in an element, as SVG around its upper left corner: SVG, canvases, words and grounds. Throws a
 * `CanvasNoiseError` for a canvas whose pixels the browser falsifies.
 */
export function drawn(element: Element): SVGElement {
  const { left, top } = element.getBoundingClientRect();
  return svgNode('g', {}, ...partsOf(element, { left, top, zoom: zoomOf(element) }));
}

function partsOf(element: Element, origin: Origin): readonly SVGElement[] {
  if (element.matches(NOT_DRAWN)) return [];
  const box = element.getBoundingClientRect();
  const place = {
    x: tenth((box.left - origin.left) / origin.zoom),
    y: tenth((box.top - origin.top) / origin.zoom),
    width: tenth(box.width / origin.zoom),
    height: tenth(box.height / origin.zoom),
  };
  if (element instanceof SVGSVGElement) {
    const copy = inlined(element);
    for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(value));
    copy.setAttribute('overflow', getComputedStyle(element).overflow === 'hidden' ? 'hidden' : 'visible');
    return [copy];
  }
  if (element instanceof HTMLCanvasElement) {
    const pixels = { href: pixelsOf(element), 'image-rendering': 'pixelated' };
    return [svgNode('image', { ...place, ...pixels, style: looksOf(element) })];
  }
  if (element instanceof HTMLImageElement) {
    return [svgNode('image', { ...place, href: pixelsOf(copyOf(element)), style: looksOf(element) })];
  }
  const ground = plainColour(getComputedStyle(element).backgroundColor);
  const parts = [...element.childNodes].flatMap((child) => {
    if (child instanceof Element) return partsOf(child, origin);
    return child instanceof Text ? wordsOf(child, element, origin) : [];
  });
  if (ground.alpha === 0 || box.width === 0) return parts;
  return [svgNode('rect', { ...place, fill: ground.hex, 'fill-opacity': ground.alpha }), ...parts];
}

function pixelsOf(canvas: HTMLCanvasElement): string {
  assertReadable();
  return canvas.toDataURL();
}

function copyOf(image: HTMLImageElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  return canvas;
}

/** How an image is coloured, and laid over what is below it. */
function looksOf(element: Element): string | null {
  const { filter, mixBlendMode } = getComputedStyle(element);
  const looks = [
    filter === 'none' ? '' : `filter:${filter}`,
    mixBlendMode === 'normal' ? '' : `mix-blend-mode:${mixBlendMode}`,
  ];
  return looks.join(';').replace(/^;|;$/g, '') || null;
}

/** A text as it is broken into lines. */
function wordsOf(text: Text, parent: Element, { left, top, zoom }: Origin): readonly SVGElement[] {
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
      x: (box.left - left) / zoom,
      y: ((box.top + box.bottom) / 2 - top) / zoom + 0.35 * size,
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
