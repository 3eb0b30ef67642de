import type { Series } from '../series/series.ts';
import type { StepScale } from '../training/step-scale.ts';

/** A prediction of one curve: the error in percent that the reader expects of a net; null before it has been made. */
export interface CurveGuess extends Pick<Series, 'id' | 'name' | 'family' | 'lightness' | 'depth'> {
  readonly error: number | null;
}

/** Predictions of where curves will be at a step, which are drawn dotted beside what is measured. */
export interface CurveGuesses {
  readonly step: number;
  readonly nets: readonly CurveGuess[];
  /** The lowest and the highest error that can be predicted, from `guessRange`. */
  readonly range: readonly [number, number];
  /** The height of all dots before there are predictions, so that nothing is suggested. */
  readonly at: number;
  /** Where the predicted curves begin, for nets that have been trained before; left out, at the error before training. */
  readonly from?: { readonly step: number; readonly errors: ReadonlyMap<string, number> } | undefined;
  /** Takes all predictions by net once a dot was moved. Left out, the predictions are settled and cannot be moved. */
  readonly onGuess?: ((errors: ReadonlyMap<string, number>) => void) | undefined;
}

/** Errors below and above the baseline that can be predicted, in points. */
const REACH = { below: 43, above: 9 } as const;
const ROUND = 5;

/**
 * The errors in percent that can be predicted where always naming the largest class gives `baseline` percent, and where
 * answers say `lowest` percent.
 */
export function guessRange(baseline: number, lowest = baseline): readonly [number, number] {
  const low = Math.max(0, ROUND * Math.floor(Math.min(baseline - REACH.below, lowest - ROUND) / ROUND));
  const high = Math.min(100, ROUND * Math.ceil((baseline + REACH.above) / ROUND));
  return [low + 2, high - ROUND];
}

/** Where the dot of a net stands: at its prediction, before that beside all others. */
export function heightOf({ error }: CurveGuess, { at }: Pick<CurveGuesses, 'at'>): number {
  return error ?? at;
}

function inRange([low, high]: CurveGuesses['range'], error: number): number {
  return Math.round(Math.max(low, Math.min(high, error)));
}

/** All predictions after one of them was moved; those that were not made stay where their dots stand. */
export function movedGuess(guesses: CurveGuesses, id: string, error: number): ReadonlyMap<string, number> {
  return new Map(
    guesses.nets.map((guess) => [guess.id, guess.id === id ? inRange(guesses.range, error) : heightOf(guess, guesses)]),
  );
}

/** The error that a key moves a dot to; null where the key means nothing to it. Arrows move by 1, Page keys by 10. */
export function errorAfterKey(key: string, error: number, [low, high]: CurveGuesses['range']): number | null {
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return Math.min(high, error + 1);
    case 'ArrowDown':
    case 'ArrowLeft':
      return Math.max(low, error - 1);
    case 'PageUp':
      return Math.min(high, error + 10);
    case 'PageDown':
      return Math.max(low, error - 10);
    case 'Home':
      return low;
    case 'End':
      return high;
    default:
      return null;
  }
}

/** Dots nearer to each other than this, in pixels, stand side by side, this far apart. */
const CLEAR = { above: 21, beside: 26 } as const;

/** Where the dot of a prediction is drawn. */
export interface PlacedGuess {
  readonly guess: CurveGuess;
  readonly x: number;
  readonly y: number;
  /** How many dots of about the same height are left of it. */
  readonly beside: number;
}

/** The dots of predictions at their step. Those that can still be moved are kept clear of each other. */
export function placeGuesses(
  guesses: CurveGuesses,
  steps: StepScale,
  y: (error: number) => number,
): readonly PlacedGuess[] {
  const { step, nets, onGuess } = guesses;
  if (step < steps.view[0] || step > steps.view[1]) return [];
  const placed: PlacedGuess[] = [];
  for (const guess of nets) {
    if (guess.error === null && onGuess === undefined) continue;
    const height = y(heightOf(guess, guesses));
    const near = placed.filter((other) => Math.abs(other.y - height) < CLEAR.above);
    const taken = new Set(near.map(({ beside }) => beside));
    const free = placed.findIndex((_, index) => !taken.has(index));
    const beside = onGuess === undefined ? 0 : free === -1 ? placed.length : free;
    placed.push({ guess, x: steps.x(step) + beside * CLEAR.beside, y: height, beside });
  }
  return placed;
}

/** A predicted curve: it falls fast at first and levels off, from where the net is to the prediction. An SVG path. */
export function guessPath(
  guesses: CurveGuesses,
  guess: CurveGuess,
  steps: StepScale,
  y: (error: number) => number,
): string {
  const { step, range, from } = guesses;
  if (guess.error === null) return '';
  const begin = from?.step ?? 0;
  const at = (share: number) => steps.x(begin + share * (step - begin)).toFixed(1);
  const [y0, y1] = [y(from?.errors.get(guess.id) ?? Math.min(98, range[1] + 2)), y(guess.error)];
  const height = (share: number) => (y0 + share * (y1 - y0)).toFixed(1);
  const start = steps.x(begin + (from === undefined ? 0.013 * step : 0)).toFixed(1);
  return `M${start} ${y0.toFixed(1)}C${at(0.15)} ${height(0.55)} ${at(0.4)} ${height(0.88)} ${at(1)} ${height(1)}`;
}
