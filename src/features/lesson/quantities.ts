import type { Curve } from '../lab/curve.ts';
import { STORY_WINDOW } from '../race/story/claim.ts';
import type { Quantity, ValueOf } from './chapter.ts';

/** Evaluates the quantities of a chapter: errors from the curves, measured ones from the readings. NaN where unknown. */
export function valuesOf(
  quantities: Readonly<Record<string, Quantity>>,
  readings: Readonly<Record<string, number>>,
  curves: ReadonlyMap<string, Curve>,
): ValueOf {
  return valuesBy(quantities, readings, (lane, step) => meanError(curves.get(lane), step));
}

/** The same with errors from elsewhere, such as the visitor's guesses. */
export function valuesBy(
  quantities: Readonly<Record<string, Quantity>>,
  readings: Readonly<Record<string, number>>,
  errorOf: (lane: string, step: number) => number,
): ValueOf {
  const value = (name: string): number => {
    const quantity = quantities[name];
    if (quantity === undefined) return Number.NaN;
    switch (quantity.type) {
      case 'error':
        return errorOf(quantity.lane, quantity.step);
      case 'difference':
        return rounded(rounded(value(quantity.of)) - rounded(value(quantity.minus)));
      case 'ratio': {
        const over = value(quantity.over);
        return over > 0 ? value(quantity.of) / over : Number.NaN;
      }
      case 'measured':
        return readings[name] ?? Number.NaN;
      case 'paper':
        return quantity.value;
    }
  };
  return value;
}

/** The mean error of the last 30 batches after `step` steps, as everywhere on the page. */
function meanError(curve: Curve | undefined, step: number): number {
  if (curve === undefined || curve.steps < step) return Number.NaN;
  const last = curve.errors.subarray(Math.max(0, step - STORY_WINDOW), step);
  return last.reduce((sum, error) => sum + error / last.length, 0);
}

/** With one decimal, as it is shown: differences agree with what is read. No number is -0. */
function rounded(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}
