import { zoomOf } from '../../../charts/plot-area.ts';
import { tenth } from '../../../charts/tenth.ts';
import { linePieces } from '../../../core/lines.ts';
import { plainColour } from './css-colour.ts';
import { assertReadable } from './png.ts';
import { inlined, svgNode } from './svg.ts';

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
  const place = placeOf(element, origin);
  if (element instanceof SVGSVGElement) {
    const copy = inlined(element);
    for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(value));
    copy.setAttribute('overflow', getComputedStyle(element).overflow === 'hidden' ? 'hidden' : 'visible');
    return [copy];
  }
  if (element instanceof HTMLCanvasElement) {
    const pixels = { href: pixelsOf(element), 'image-rendering': 'pixelated' };
    return [alike(svgNode('image', { ...place, ...pixels }), element)];
  }
  if (element instanceof HTMLImageElement) return [photographOf(element, place, origin)];
  const ground = plainColour(getComputedStyle(element).backgroundColor);
  const parts = [...element.childNodes].flatMap((child) => {
    if (child instanceof Element) return partsOf(child, origin);
    return child instanceof Text ? wordsOf(child, element, origin) : [];
  });
  if (ground.alpha === 0 || place.width === 0) return parts;
  return [svgNode('rect', { ...place, fill: ground.hex, 'fill-opacity': ground.alpha }), ...parts];
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where an element is, in its own pixels. */
function placeOf(element: Element, { left, top, zoom }: Origin): Place {
  const box = element.getBoundingClientRect();
  return {
    x: tenth((box.left - left) / zoom),
    y: tenth((box.top - top) / zoom),
    width: tenth(box.width / zoom),
    height: tenth(box.height / zoom),
  };
}

/** An image that fills its place, as much of it as the element around it shows. */
function photographOf(element: HTMLImageElement, place: Place, origin: Origin): SVGElement {
  const frame = placeOf(element.parentElement ?? element, origin);
  const inside = { ...place, x: tenth(place.x - frame.x), y: tenth(place.y - frame.y) };
  const fills = { preserveAspectRatio: 'xMidYMid slice', href: pixelsOf(copyOf(element)) };
  const photograph = alike(svgNode('image', { ...inside, ...fills }), element);
  return svgNode('svg', { ...frame, overflow: 'hidden' }, photograph);
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

/** Colours an image as the page does, and lays it over what is below it. By script: the page's policy refuses the attribute. */
function alike(image: SVGElement, element: Element): SVGElement {
  const { filter, mixBlendMode } = getComputedStyle(element);
  if (filter !== 'none') image.style.filter = filter;
  if (mixBlendMode !== 'normal') image.style.mixBlendMode = mixBlendMode;
  return image;
}

/** A text as it is broken into lines. */
function wordsOf(text: Text, parent: Element, { left, top, zoom }: Origin): readonly SVGElement[] {
  const style = getComputedStyle(parent);
  const size = Number.parseFloat(style.fontSize);
  const lines = new Map<number, { x: number; y: number; words: string }>();
  const range = document.createRange();
  let end = 0;
  for (const piece of linePieces(text.data)) {
    const start = end;
    end += piece.length;
    const word = piece.trimEnd();
    if (word === '') continue;
    range.setStart(text, start);
    range.setEnd(text, start + word.length);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    // Letters stand on about a fifth of their size.
    const line = lines.get(box.top) ?? {
      x: (box.left - left) / zoom,
      y: ((box.top + box.bottom) / 2 - top) / zoom + 0.35 * size,
      words: '',
    };
    // As on the page, any number of spaces are one.
    line.words += word === piece ? word : `${word} `;
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
      words.trimEnd(),
    ),
  );
}
