/** A colour that every program can read, and how opaque it is, in 0 .. 1. */
export interface PlainColour {
  readonly hex: string;
  readonly alpha: number;
}

const known = new Map<string, PlainColour>();

/**
 * Any colour of CSS, `oklch` and mixtures included, in sRGB. The browser computes it; a canvas would be shorter, but what
 * is read from a canvas is random where a browser resists fingerprinting.
 */
export function plainColour(css: string): PlainColour {
  const found = known.get(css);
  if (found !== undefined) return found;
  const colour = parseSrgb(computed(`color-mix(in srgb, ${css}, ${css})`), css);
  known.set(css, colour);
  return colour;
}

/** What a style becomes on an element of the page. */
function computed(colour: string): string {
  const probe = document.createElement('span');
  probe.hidden = true;
  probe.style.color = colour;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/** Reads a computed mixture, "color(srgb 0.1 0.2 0.3 / 0.5)". Parts outside of sRGB are clipped, as on a screen. */
export function parseSrgb(value: string, css: string): PlainColour {
  const parts = /^color\(srgb ([^/)]+)(?:\/ ([^)]+))?\)$/.exec(value);
  const channels = parts?.[1]?.trim().split(/\s+/).map(part) ?? [];
  if (channels.length !== 3 || channels.some(Number.isNaN)) throw new Error(`picture: no colour: ${css}`);
  const hex = channels.map((channel) =>
    Math.round(255 * channel)
      .toString(16)
      .padStart(2, '0'),
  );
  return { hex: `#${hex.join('')}`, alpha: Math.round(1000 * part(parts?.[2]?.trim() ?? '1')) / 1000 };
}

/** A component in 0 .. 1. A missing one, `none`, counts as 0. */
function part(text: string): number {
  return text === 'none' ? 0 : Math.min(1, Math.max(0, Number(text)));
}
