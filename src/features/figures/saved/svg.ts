import { plainColour } from './css-colour.ts';

/** The CSS properties that a style sheet may set on a shape, with their initial values. */
const PROPERTIES: Readonly<Record<string, string>> = {
  'stroke-width': '1px',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  'paint-order': 'normal',
  'font-size': '',
  'font-weight': '400',
  'text-anchor': 'start',
  opacity: '1',
};
const TEXT_ONLY = new Set(['font-size', 'font-weight', 'text-anchor']);
const TEXTS = new Set(['text', 'tspan']);
/** Shapes of the pointer, which are not a part of the picture. */
const FLEETING = '[data-fleeting], title';

/** A copy of a picture that looks the same without any style sheet. */
export function inlined(original: SVGSVGElement): SVGElement {
  const copy = original.cloneNode(true);
  if (!(copy instanceof SVGElement)) throw new Error('picture: it is no SVG');
  const pairs = zip([original, ...original.querySelectorAll('*')], [copy, ...copy.querySelectorAll('*')]);
  for (const [from, to] of pairs) {
    inline(getComputedStyle(from), to);
    for (const name of ['class', 'style', 'aria-hidden', 'role', 'tabindex', 'aria-label']) to.removeAttribute(name);
  }
  for (const [from, to] of pairs) if (from.matches(FLEETING)) to.remove();
  return copy;
}

function inline(style: CSSStyleDeclaration, to: Element): void {
  const name = to.tagName.toLowerCase();
  if (['g', 'svg', 'clippath', 'defs'].includes(name)) {
    set(to, 'opacity', style.opacity, '1');
    return;
  }
  for (const paint of ['fill', 'stroke', 'stop-color'] as const) {
    const value = style.getPropertyValue(paint);
    const opacity = paint === 'stop-color' ? 'stop-opacity' : `${paint}-opacity`;
    if (value === 'none' || value.startsWith('url(')) {
      to.setAttribute(paint, value);
      continue;
    }
    if (paint === 'stop-color' && name !== 'stop') continue;
    const { hex, alpha } = plainColour(value);
    to.setAttribute(paint, hex);
    set(to, opacity, String(Math.round(alpha * Number(style.getPropertyValue(opacity)) * 1000) / 1000), '1');
  }
  for (const [property, usual] of Object.entries(PROPERTIES)) {
    if (TEXT_ONLY.has(property) && !TEXTS.has(name)) continue;
    set(to, property, style.getPropertyValue(property), usual);
  }
}

function set(to: Element, attribute: string, value: string, usual: string): void {
  if (value === usual || value === '') to.removeAttribute(attribute);
  else to.setAttribute(attribute, value);
}

function zip(some: readonly Element[], others: readonly Element[]): readonly (readonly [Element, Element])[] {
  return some.flatMap((each, index) => {
    const other = others[index];
    return other === undefined ? [] : [[each, other] as const];
  });
}

const SVG = 'http://www.w3.org/2000/svg';

export type Attributes = Readonly<Record<string, string | number | null>>;

/** An element of SVG; attributes that are null are left out. */
export function svgNode(name: string, attributes: Attributes, ...children: readonly (Node | string)[]): SVGElement {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}
