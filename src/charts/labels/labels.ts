/** Every word that the charts say. The page passes its own; these defaults are English. */
export interface ChartLabels {
  readonly trainingError: {
    /** The accessible name of the figure. */
    readonly name: string;
    readonly title: string;
    /** The smoothed line, as in "30-step mean"; a window of 1 is the error of every step. */
    readonly mean: (window: number) => string;
    readonly smoothing: string;
    readonly eachStep: string;
    readonly test: string;
    readonly train: string;
    readonly stepScale: string;
    readonly linear: string;
    readonly log: string;
    readonly resetZoom: string;
    readonly zoomHint: string;
    readonly showTable: string;
    readonly showChart: string;
    /** The accessible name of the crosshair, which arrow keys move. */
    readonly crosshair: string;
    readonly noCrosshair: string;
    readonly testAt: (step: number) => string;
    readonly diverged: string;
  };
  readonly depth: {
    readonly name: string;
    readonly title: string;
    readonly atStep: (step: number) => string;
    /** The horizontal axis. */
    readonly layers: string;
    readonly layersLog: string;
    readonly plain: string;
    readonly residual: string;
    readonly net: string;
    readonly shortcuts: string;
    readonly error: string;
  };
  /** Where curves are means over several seeds. */
  readonly seeds: {
    readonly count: (seeds: number) => string;
    /** What the band around a line is. */
    readonly band: (seeds: number) => string;
    /** What a number of a table is, and the range in brackets behind it. */
    readonly about: (seeds: number) => string;
    readonly range: (low: string, high: string) => string;
    readonly ariaText: (low: string, high: string, seeds: number) => string;
    readonly seeds: string;
    readonly low: string;
    readonly high: string;
  };
  readonly step: string;
  readonly stepNumber: (step: number) => string;
  readonly percent: (error: number) => string;
}

export const englishLabels: ChartLabels = {
  trainingError: {
    name: 'Training error',
    title: 'Training error by step',
    mean: (window) => (window === 1 ? 'no smoothing' : `${window}-step mean`),
    smoothing: 'Smoothing',
    eachStep: 'each step',
    test: 'test',
    train: 'train',
    stepScale: 'Step axis',
    linear: 'Linear',
    log: 'Log',
    resetZoom: 'Reset zoom',
    zoomHint: 'Ctrl and wheel, or pinch, to zoom. Keys: arrows, + − 0',
    showTable: 'Show as table',
    showChart: 'Show as chart',
    crosshair: 'Step under the crosshair',
    noCrosshair: 'none',
    testAt: (step) => `test at ${step}`,
    diverged: 'diverged',
  },
  depth: {
    name: 'Error by depth',
    title: 'Error by depth',
    atStep: (step) => `at step ${step}`,
    layers: 'layers',
    layersLog: 'log layers',
    plain: 'plain',
    residual: 'residual',
    net: 'Net',
    shortcuts: 'Shortcuts',
    error: 'Training error',
  },
  seeds: {
    count: (seeds) => `${seeds} seeds`,
    band: (seeds) => `lowest to highest of ${seeds} seeds`,
    about: (seeds) => `mean of ${seeds} seeds (lowest–highest)`,
    range: (low, high) => `${low}–${high}`,
    ariaText: (low, high, seeds) => `mean of ${seeds} seeds from ${low} to ${high}`,
    seeds: 'Seeds',
    low: 'Lowest',
    high: 'Highest',
  },
  step: 'Step',
  stepNumber: (step) => `step ${step}`,
  percent: (error) => error.toFixed(1),
};
