import { netClass, netStyle, repeatDash } from '../../../charts/colours.ts';
import { textWidth } from '../../../charts/labels/text-width.ts';
import type { Net } from '../../../charts/panels/panel.ts';
import { zoomOf } from '../../../charts/plot-area.ts';
import { wrapped } from '../../../core/lines.ts';
import { plainColour } from './css-colour.ts';
import { drawn } from './drawn.ts';
import { svgNode } from './svg.ts';

/** A kind of line, for the legend. */
export interface LineKey {
  readonly text: string;
  readonly dash?: string;
  readonly opacity?: number;
  readonly width: number;
}

/** The words around a picture. */
export interface PictureWords {
  readonly title: string;
  /** Behind the title, such as "after 150 steps". */
  readonly note: string;
  readonly nets: readonly Net[];
  readonly keys: readonly LineKey[];
  /** What the picture shows, and whose method it is. */
  readonly reading: string;
  readonly source: string;
}

const EDGE = 20;
const LEAST_WIDTH = 420;
const TITLE = 15;
const SMALL = 12;
const LINE = 17;
const SWATCH = 18;

/** What is drawn in an element, with title, legend, sentence and source, as SVG that needs nothing else. */
export function standalone(picture: Element, words: PictureWords): string {
  const box = picture.getBoundingClientRect();
  const zoom = zoomOf(picture);
  const inner = Math.max(LEAST_WIDTH, Math.ceil(box.width / zoom));
  const colours = pageColours();
  const parts: SVGElement[] = [];
  let y = EDGE + TITLE;
  const write = (text: string, size: number, fill: string, weight: string | null = null) => {
    for (const line of wrapped(text, (longer) => textWidth(longer, size) <= inner)) {
      parts.push(svgNode('text', { x: EDGE, y, fill, 'font-size': size, 'font-weight': weight }, line));
      y += size + 5;
    }
  };

  write(words.title, TITLE, colours.ink, '650');
  if (words.note !== '') write(words.note, SMALL, colours.quiet);
  const legend = legendOf(words, inner, colours.ink);
  for (const row of legend) {
    parts.push(svgNode('g', { transform: `translate(${EDGE} ${y})` }, ...row));
    y += LINE;
  }
  const content = drawn(picture);
  content.setAttribute('transform', `translate(${EDGE} ${y})`);
  parts.push(content);
  y += Math.ceil(box.height / zoom) + LINE;
  write(words.reading, SMALL, colours.ink);
  write(words.source, SMALL, colours.quiet);

  const [width, height] = [inner + 2 * EDGE, y - LINE + EDGE];
  const svg = svgNode(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': getComputedStyle(document.body).fontFamily,
      'font-variant-numeric': 'tabular-nums',
    },
    svgNode('title', {}, words.title),
    svgNode('desc', {}, [words.note, words.reading, words.source].filter(Boolean).join(' ')),
    svgNode('rect', { width, height, fill: colours.paper }),
    ...parts,
  );
  return new XMLSerializer().serializeToString(svg);
}

/** Rows of swatches with their words. */
function legendOf({ nets, keys }: PictureWords, width: number, ink: string): readonly (readonly SVGElement[])[] {
  const rows: SVGElement[][] = [];
  let x = Number.POSITIVE_INFINITY;
  const add = (text: string, fill: string, swatch: (x: number) => SVGElement) => {
    const wide = SWATCH + 6 + textWidth(text, SMALL, true);
    if (x + wide > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push(swatch(x), svgNode('text', { x: x + SWATCH + 6, fill, 'font-size': SMALL }, text));
    x += wide + LINE;
  };
  for (const net of nets) {
    const [mark, text] = netColours(net);
    // As in the charts, a dash tells it from a net before it of the same colour.
    const dash = repeatDash(net.repeat ?? 0, 0.5);
    add(net.name, text, (at) =>
      dash === undefined
        ? svgNode('rect', { x: at, y: -8, width: SWATCH, height: 6, rx: 2, fill: mark })
        : svgNode('path', { d: `M${at} -5h${SWATCH}`, stroke: mark, 'stroke-width': 3, 'stroke-dasharray': dash }),
    );
  }
  for (const { text, dash = null, opacity = null, width: stroke } of keys) {
    add(text, ink, (at) =>
      svgNode('path', {
        d: `M${at} -4h${SWATCH}`,
        stroke: ink,
        'stroke-width': stroke,
        'stroke-dasharray': dash,
        opacity,
      }),
    );
  }
  return rows;
}

/** The colours of a net's marks and of its words. */
function netColours({ family, lightness }: Net): readonly [string, string] {
  const probe = document.createElement('span');
  probe.className = netClass(family);
  for (const [name, value] of Object.entries(netStyle(lightness))) probe.style.setProperty(name, String(value));
  document.body.append(probe);
  const colourOf = (css: string) => {
    probe.style.color = css;
    return plainColour(getComputedStyle(probe).color).hex;
  };
  const colours = [colourOf('var(--net)'), colourOf('var(--net-text)')] as const;
  probe.remove();
  return colours;
}

function pageColours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => plainColour(style.getPropertyValue(name)).hex;
  return { ink: of('--ink'), quiet: of('--ink-3'), paper: of('--paper') };
}
