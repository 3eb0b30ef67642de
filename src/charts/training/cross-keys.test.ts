import { describe, expect, it } from 'vitest';
import { crossAfterKey } from './cross-keys.ts';

describe('crossAfterKey', () => {
  it('starts at the last step', () => {
    expect(crossAfterKey('ArrowLeft', false, null, 150)).toBe(150);
  });
  it('moves by one, by ten, and stays within what was trained', () => {
    expect(crossAfterKey('ArrowLeft', false, 70, 150)).toBe(69);
    expect(crossAfterKey('ArrowRight', true, 70, 150)).toBe(80);
    expect(crossAfterKey('ArrowRight', true, 145, 150)).toBe(150);
    expect(crossAfterKey('Home', false, 70, 150)).toBe(1);
    expect(crossAfterKey('End', false, 70, 150)).toBe(150);
  });
  it('goes with Escape, once', () => {
    expect(crossAfterKey('Escape', false, 70, 150)).toBeNull();
    expect(crossAfterKey('Escape', false, null, 150)).toBeUndefined();
  });
  it('leaves other keys to the page', () => {
    expect(crossAfterKey(' ', false, 70, 150)).toBeUndefined();
  });
});
