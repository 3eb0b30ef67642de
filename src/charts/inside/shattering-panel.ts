import { max } from 'd3';
import type { Measured, PanelWords } from './measured.ts';
import type { Panel } from './panel.ts';
import { seriesLines } from './series-lines.ts';

interface Shattering {
  readonly autocorrelation: readonly number[];
}

export interface ShatteringWords extends PanelWords {
  readonly lag: (lag: number) => string;
  readonly lagTick: (lag: number) => string;
  readonly whiteNoise: string;
}

/** Autocorrelation of the gradient along a line of images, beside that of white noise. */
export function shatteringPanel(measured: readonly Measured<Shattering>[], words: ShatteringWords): Panel {
  const lags = max(measured, ({ now }) => now.autocorrelation.length) ?? 0;
  return {
    key: 'shattering',
    title: '',
    lines: seriesLines(
      measured,
      ({ autocorrelation }) => autocorrelation.map((value, lag) => ({ at: lag, value })),
      words,
    ),
    stops: Array.from({ length: lags }, (_, lag) => ({ at: lag, name: words.lag(lag), tick: words.lagTick(lag) })),
    y: { kind: 'linear', include: [0, 1], unit: '', format: words.value },
    rules: [{ at: 0, text: words.whiteNoise }],
  };
}
