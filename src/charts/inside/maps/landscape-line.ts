import type { Panel } from '../panel.ts';
import type { Landscape, LandscapeWords } from './landscape.ts';

/** Landscapes over one direction as lines: loss by distance, on one log scale. */
export function landscapeLine(landscapes: readonly Landscape[], words: LandscapeWords): Panel {
  return {
    key: 'line',
    title: '',
    lines: landscapes.map(({ net, x, losses }) => ({
      key: net.id,
      net,
      what: '',
      faint: false,
      points: x
        .map((at, index) => ({ at, value: losses[index] ?? Number.NaN }))
        .filter(({ value }) => Number.isFinite(value)),
    })),
    stops: (landscapes[0]?.x ?? []).map((at) => ({ at, name: words.value(at), tick: words.value(at) })),
    y: { kind: 'log', include: [], unit: '', format: words.value },
    rules: [],
  };
}
