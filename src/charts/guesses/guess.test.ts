import { describe, expect, it } from 'vitest';
import { stepScale } from '../training/step-scale.ts';
import {
  type CurveGuess,
  type CurveGuesses,
  errorAfterKey,
  guessPath,
  guessRange,
  movedGuess,
  placeGuesses,
} from './guess.ts';

const net = (id: string, error: number | null): CurveGuess => ({
  id,
  name: id,
  family: 'plain',
  lightness: 0,
  depth: 8,
  error,
});
const RANGE = guessRange(73.1);
const guesses = (errors: readonly (number | null)[], more: Partial<CurveGuesses> = {}): CurveGuesses => ({
  step: 150,
  range: RANGE,
  at: 60,
  nets: errors.map((error, index) => net(`net-${index}`, error)),
  onGuess: () => {},
  ...more,
});
const STEPS = stepScale('linear', [0, 150], 0, 600);
const y = (error: number) => 400 - 4 * error;

describe('guessRange', () => {
  it('lies around the baseline, and within percents', () => {
    expect(RANGE).toEqual([32, 80]);
    expect(guessRange(20)).toEqual([2, 25]);
    expect(guessRange(99)).toEqual([57, 95]);
    expect(guessRange(73.1, 30)).toEqual([27, 80]);
  });
});

describe('movedGuess', () => {
  it('makes all predictions once one dot is moved, in whole percents within the range', () => {
    expect([...movedGuess(guesses([null, null]), 'net-1', 44.6)]).toEqual([
      ['net-0', 60],
      ['net-1', 45],
    ]);
    expect(movedGuess(guesses([50, 60]), 'net-0', 3).get('net-0')).toBe(32);
    expect(movedGuess(guesses([50, 60]), 'net-0', 300).get('net-0')).toBe(80);
  });
});

describe('errorAfterKey', () => {
  it('moves by 1 and 10, to the ends, and not beyond', () => {
    const moved = (key: string, from: number) => errorAfterKey(key, from, RANGE);
    expect(moved('ArrowUp', 50)).toBe(51);
    expect(moved('ArrowDown', 50)).toBe(49);
    expect(moved('PageUp', 75)).toBe(80);
    expect(moved('PageDown', 60)).toBe(50);
    expect(moved('Home', 60)).toBe(32);
    expect(moved('End', 60)).toBe(80);
    expect(moved('x', 60)).toBeNull();
  });
});

describe('placeGuesses', () => {
  it('puts dots of one height side by side while they can be moved', () => {
    expect(placeGuesses(guesses([null, null]), STEPS, y).map(({ x }) => x)).toEqual([600, 626]);
    expect(placeGuesses(guesses([50, 51, 50]), STEPS, y).map(({ x }) => x)).toEqual([600, 626, 652]);
    expect(placeGuesses(guesses([40, 60]), STEPS, y).map(({ x }) => x)).toEqual([600, 600]);
    const settled = guesses([50, 50], { onGuess: undefined });
    expect(placeGuesses(settled, STEPS, y).map(({ x }) => x)).toEqual([600, 600]);
  });
  it('draws no dot of a prediction that was never made, nor outside of what is shown', () => {
    expect(placeGuesses(guesses([null, 50], { onGuess: undefined }), STEPS, y)).toHaveLength(1);
    expect(placeGuesses(guesses([50, 60]), stepScale('linear', [0, 100], 0, 600), y)).toEqual([]);
  });
});

describe('guessPath', () => {
  it('falls from above the baseline to the prediction', () => {
    const path = guessPath(guesses([45]), net('net-0', 45), STEPS, y);
    expect(path).toMatch(/^M7\.8 72\.0C/);
    expect(path).toMatch(/600\.0 220\.0$/);
  });
  it('begins where the net is, and is empty before the prediction', () => {
    const from = { step: 75, errors: new Map([['net-0', 50]]) };
    expect(guessPath(guesses([45], { from }), net('net-0', 45), STEPS, y)).toMatch(/^M300\.0 200\.0C/);
    expect(guessPath(guesses([null]), net('net-0', null), STEPS, y)).toBe('');
  });
});
