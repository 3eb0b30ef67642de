const SVG = 'http://www.w3.org/2000/svg';

export type Attributes = Readonly<Record<string, string | number | null>>;

/** An element of SVG; attributes that are null are left out. */
export function svgNode(name: string, attributes: Attributes, ...children: readonly (Node | string)[]): SVGElement {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

/** Rounds to a tenth of a pixel, which is finer than the eye sees. */
export function tenth(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
