/** The colours of each net's line and of its name in a saved picture, as "#rrggbb". */
export type Colours = Readonly<Record<string, readonly [line: string, name: string]>>;

/** How far a channel of 0 to 255 may be off: engines round their conversions of colour spaces in their own ways. */
const TOLERANCE = 2;

/** The colours in the legend of a picture that was saved as SVG, where that line is drawn in the picture, too. */
export function coloursOf(svg: string): Colours {
  const swatches =
    /<rect [^>]*fill="(#[0-9a-f]{6})"[^>]*(?:\/>|><\/rect>)<text [^>]*fill="(#[0-9a-f]{6})"[^>]*>([^<]+)</g;
  const found = [...svg.matchAll(swatches)].map(([, line = '', name = '', net = '']) => [net, [line, name]] as const);
  return Object.fromEntries(found.filter(([, [line]]) => svg.includes(`stroke="${line}"`)));
}

/** In which nets colours differ from the expected, and how. */
export function differ(colours: Colours, expected: Colours): readonly string[] {
  return Object.entries(expected).flatMap(([net, pair]) => {
    const seen = colours[net] ?? ['none', 'none'];
    const same = pair.every((colour, index) => areNear(colour, seen[index] ?? 'none'));
    return same ? [] : [`${net}: ${seen.join(', ')} instead of ${pair.join(', ')}`];
  });
}

function areNear(one: string, other: string): boolean {
  const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const [a, b] = [channels(one), channels(other)];
  return a.every((channel, index) => Math.abs(channel - (b[index] ?? Number.NaN)) <= TOLERANCE);
}
