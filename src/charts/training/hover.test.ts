import { describe, expect, it, test } from 'vitest';
import type { EndLabel } from '../labels/EndLabels.tsx';
import type { Mark, Series } from '../series/series.ts';
import {
  ariaText,
  crosshairStep,
  type HoverValue,
  hoverAfterKey,
  hoverValues,
  nearestLane,
  pointedStep,
  stepsToCome,
} from './hover.ts';
import { stepScale } from './step-scale.ts';

const series = (id: string): Series => ({
  id,
  name: id,
  family: 'plain',
  lightness: 0,
  depth: 8,
  errors: [],
  steps: 0,
  tests: [],
});

const value = (id: string, mean: number | null): HoverValue => ({
  series: series(id),
  mean,
  test: null,
  spread: null,
  testSpread: null,
});

const label = (id: string, x: number, y: number): EndLabel => ({
  series: series(id),
  ends: true,
  value: '',
  rows: [{ text: id, y }],
  x0: x,
  y0: y,
  x,
  to: x + 50,
});

const VALUES = [value('upper', 70), value('lower', 40), value('unmeasured', null)];
/** 2 pixels a point, the axis pointing down from 100%. */
const y = (error: number) => 2 * (100 - error);

test('the lane whose line is nearest is under the pointer', () => {
  expect(nearestLane([10, 70], VALUES, [], y)).toBe('upper');
  expect(nearestLane([10, 110], VALUES, [], y)).toBe('lower');
});

test('no lane is under a pointer that is more than 14 pixels from every line', () => {
  expect(nearestLane([10, 60 + 14], VALUES, [], y)).toBe('upper');
  expect(nearestLane([10, 60 + 15], VALUES, [], y)).toBeNull();
  expect(nearestLane([10, 60], [], [], y)).toBeNull();
});

test('behind the ends of the lines the labels count, which stand elsewhere than their lines', () => {
  const labels = [label('upper', 100, 150), label('lower', 100, 20)];
  expect(nearestLane([105, 60], VALUES, labels, y)).toBeNull();
  expect(nearestLane([105, 22], VALUES, labels, y)).toBe('lower');
  expect(nearestLane([99, 60], VALUES, labels, y)).toBe('upper');
});

test('beside and behind the label of a net that has diverged the other lines count', () => {
  const labels = [label('diverged', 30, 20), label('upper', 400, 60), label('lower', 400, 120)];
  const values = [...VALUES, value('diverged', null)];
  expect(nearestLane([40, 22], values, labels, y)).toBe('diverged');
  expect(nearestLane([40, 62], values, labels, y)).toBe('upper');
  expect(nearestLane([200, 118], values, labels, y)).toBe('lower');
  expect(nearestLane([200, 22], values, labels, y)).toBeNull();
});

test('of a net that has diverged the crosshair says when, and of one that is behind nothing', () => {
  const lost = { ...value('plain-56', null), series: { ...series('plain-56'), diverged: 20 } };
  expect(ariaText(100, [value('plain-8', 40), value('ResNet-8', null), lost], [])).toBe(
    'step 100. plain-8: train 40.0; plain-56: diverged at step 20',
  );
  expect(ariaText(19, [lost], [])).not.toContain('plain-56');
});

test('of a branch the crosshair says nothing before its fork, and of a changed net what it was', () => {
  const changes = [{ step: 2, gains: [1, 1] }];
  const nets = [
    { ...series('plain-8'), errors: [80, 60, 40], steps: 3, changes },
    { ...series('branch'), errors: [80, 60, 30], steps: 3, branchedAt: 2 },
  ];
  const said = (step: number) => ariaText(step, hoverValues(nets, 1, step), []);
  expect([1, 2, 3].map(said)).toEqual([
    'step 1. plain-8: train 80.0',
    'step 2. plain-8: train 60.0; branch: train 60.0',
    'step 3. plain-8, all on: train 40.0; branch: train 30.0',
  ]);
});

test('the crosshair says what happened there, and when a net was tested', () => {
  const tested = (step: number) => ({ ...value('plain-8', 40), test: { step, error: 45 } });
  const mark: Mark = { step: 100, kind: 'cut', text: 'plain-8: shortcut 1 cut' };
  expect(ariaText(100, [tested(100)], [mark])).toBe(
    'step 100. plain-8: train 40.0, test 45.0. plain-8: shortcut 1 cut',
  );
  expect(ariaText(100, [tested(75)], [])).toBe('step 100. plain-8: train 40.0, test 45.0 (at step 75)');
});

test('the crosshair reaches the marks that are still to come, and else no step that was not made', () => {
  const marks = [90, 170, 150, 300].map((step): Mark => ({ step, kind: 'cut', text: '' }));
  const toCome = stepsToCome(marks, 100, 200);
  expect(toCome).toEqual([150, 170]);
  expect([null, 0, 150, 160].map((step) => crosshairStep(step, 100, toCome))).toEqual([null, 1, 150, 100]);
  const steps = stepScale('linear', [0, 200], 0, 400);
  expect([180, 260, 298, 400].map((px) => pointedStep(px, steps, 100, toCome))).toEqual([90, 100, 150, 100]);
  const after = (key: string, step: number) => hoverAfterKey(key, false, step, 100, toCome);
  expect([99, 100, 150, 170].map((step) => after('ArrowRight', step))).toEqual([100, 150, 170, 170]);
  expect([170, 150, 100].map((step) => after('ArrowLeft', step))).toEqual([150, 100, 99]);
  expect(after('End', 170)).toBe(100);
});

describe('crossAfterKey', () => {
  it('starts at the last step', () => {
    expect(hoverAfterKey('ArrowLeft', false, null, 150)).toBe(150);
  });
  it('moves by one, by ten, and stays within what was trained', () => {
    expect(hoverAfterKey('ArrowLeft', false, 70, 150)).toBe(69);
    expect(hoverAfterKey('ArrowRight', true, 70, 150)).toBe(80);
    expect(hoverAfterKey('ArrowRight', true, 145, 150)).toBe(150);
    expect(hoverAfterKey('Home', false, 70, 150)).toBe(1);
    expect(hoverAfterKey('End', false, 70, 150)).toBe(150);
  });
  it('goes with Escape, once', () => {
    expect(hoverAfterKey('Escape', false, 70, 150)).toBeNull();
    expect(hoverAfterKey('Escape', false, null, 150)).toBeUndefined();
  });
  it('leaves other keys to the page', () => {
    expect(hoverAfterKey(' ', false, 70, 150)).toBeUndefined();
  });
});
