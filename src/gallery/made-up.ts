/** Made-up measurements for the gallery: the same in every browser and at every visit. */
import { depthLightness } from '../charts/colours.ts';
import type { Landscape } from '../charts/maps/landscape.ts';
import type { Net, Panel } from '../charts/panels/panel.ts';
import type { Family, Series } from '../charts/series/series.ts';

/** Numbers from 0 to 1 that look random: a linear congruential generator. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (1664525 * state + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

interface CurveOptions {
  /** Where the error begins and where it would end, in percent. */
  readonly from: number;
  readonly to: number;
  readonly steps: number;
  /** Steps in which the distance to the end falls to a third. */
  readonly pace?: number;
  readonly turn?: { readonly step: number; readonly to: number };
}

const LANES = new Map<Family, string>([
  ['plain', 'plain'],
  ['residual', 'ResNet'],
]);

/** A lane whose error falls, and after a change heads for another end. */
export function lane(family: Family, depth: number, options: CurveOptions, more: Partial<Series> = {}): Series {
  const { from, to, steps, pace = 50, turn } = options;
  const name = `${LANES.get(family)}-${depth}`;
  const random = noise(depth + (family === 'plain' ? 1 : 1000) + (more.id?.length ?? 0));
  let level = from;
  const levels = Array.from({ length: steps }, (_, index) => {
    const end = turn !== undefined && index >= turn.step ? turn.to : to;
    level += (end - level) / pace;
    return level;
  });
  return {
    id: name,
    name,
    family,
    kind: family,
    depth,
    lightness: depthLightness(depth),
    shortcuts: Array<number>((depth - 2) / 2).fill(family === 'plain' ? 0 : 1),
    errors: levels.map((value) => Math.max(0, Math.min(100, value + 14 * (random() - 0.5)))),
    steps,
    tests: levels.flatMap((value, index) => ((index + 1) % 25 === 0 ? [{ step: index + 1, error: value + 2 }] : [])),
    ...more,
  };
}

/** A net as the panels name and colour it. */
export function net(family: Family, depth: number): Net {
  const name = `${LANES.get(family)}-${depth}`;
  return { id: name, name, family, lightness: depthLightness(depth) };
}

const format = (value: number) => String(Number(value.toPrecision(2)));

/** Two nets over their layers on a log scale, with what they were at step 0 behind them. */
export function layersPanel(key: string, title: string): Panel {
  const line = (one: Net, faint: boolean, growth: number) => ({
    key: `${one.id}${faint ? ' before' : ''}`,
    net: one,
    what: faint ? 'step 0' : '',
    faint,
    start: !faint,
    points: Array.from({ length: 16 }, (_, index) => ({ at: index + 1, value: growth ** index * (faint ? 0.3 : 1) })),
  });
  const [plain, residual] = [net('plain', 16), net('residual', 16)];
  return {
    key,
    title,
    lines: [line(plain, true, 0.92), line(plain, false, 0.8), line(residual, false, 0.95)],
    categories: Array.from({ length: 16 }, (_, index) => ({
      at: index + 1,
      name: `layer ${index + 1}`,
      tick: String(index + 1),
    })),
    y: { kind: 'log', include: [], unit: '', format },
    rules: [{ at: 0.1, text: 'a tenth' }],
  };
}

const SIDE = 11;

/** A loss with one valley, stretched along one of two directions, and the way into it. */
export function valley(one: Net, stretch: number): Landscape {
  const places = Array.from({ length: SIDE }, (_, index) => (index - (SIDE - 1) / 2) / 5);
  const losses = places.flatMap((y) => places.map((x) => 0.4 + stretch * x * x + 1.2 * y * y + 0.4 * x * y));
  return {
    net: one,
    x: places,
    y: places,
    losses: Float32Array.from(losses),
    errors: Float32Array.from(losses, (loss) => 30 * loss),
    complete: true,
    path: [
      { step: 0, x: 0.9, y: -0.8 },
      { step: 50, x: 0.4, y: -0.3 },
      { step: 100, x: 0, y: 0 },
    ],
  };
}
