import { describe, expect, it } from 'vitest';
import { panView, revealStep, viewWithin, zoomView } from './step-view.ts';

const full = [0, 1000] as const;

describe('viewWithin', () => {
  it('is all steps where there is no view, or it is of a longer axis', () => {
    expect(viewWithin([100, 300], full)).toEqual([100, 300]);
    expect(viewWithin([800, 1200], full)).toBe(full);
    expect(viewWithin(null, full)).toBe(full);
  });
});

describe('zoomView', () => {
  it('keeps the anchor in its place', () => {
    expect(zoomView('linear', full, full, 2, 250)).toEqual([125, 625]);
  });
  it('is null when everything is in view again', () => {
    expect(zoomView('linear', [125, 625], full, 0.25, 250)).toBeNull();
  });
  it('does not leave the data', () => {
    expect(zoomView('linear', [0, 500], full, 1 / 1.5, 500)).toEqual([0, 750]);
  });
  it('stops before steps are far apart', () => {
    expect(zoomView('linear', [100, 110], full, 4, 105)).toEqual([100, 110]);
  });
  it('zooms a log axis by ratio', () => {
    const view = zoomView('log', [1, 10000], [1, 10000], 2, 100);
    expect(view?.[0]).toBeCloseTo(10);
    expect(view?.[1]).toBeCloseTo(1000);
  });
  it('zooms in on the end of a log axis, and stays on the axis', () => {
    const all = [1, 100] as const;
    const view = zoomView('log', all, all, 1.5, 100);
    expect(view).not.toBeNull();
    expect(viewWithin(view, all)).toBe(view);
  });
});

describe('panView', () => {
  it('moves by a share and stops at the ends', () => {
    expect(panView('linear', [100, 300], full, 0.5)).toEqual([200, 400]);
    expect(panView('linear', [100, 300], full, -2)).toEqual([0, 200]);
    expect(panView('linear', [700, 900], full, 2)).toEqual([800, 1000]);
  });
  it('keeps everything when everything is in view', () => {
    expect(panView('linear', full, full, 0.2)).toBeNull();
  });
});

describe('revealStep', () => {
  it('moves only when it must', () => {
    expect(revealStep('linear', [100, 300], full, 200)).toEqual([100, 300]);
    expect(revealStep('linear', [100, 300], full, 350)).toEqual([150, 350]);
    expect(revealStep('linear', [100, 300], full, 40)).toEqual([40, 240]);
  });
});
