import { describe, expect, it } from 'vitest';
import { fitText, textWidth } from './text-width.ts';

describe('textWidth', () => {
  // Measured in Chromium with Liberation Sans.
  it.each([
    ['ResNet-32: shortcut 9 cut', 11, false, 124.7],
    ['always “Noto” 73.0', 11, false, 91.7],
    ['ResNet-32', 12, true, 58.7],
    ['ResNet-29 bottleneck', 12, true, 122],
  ])('is what a browser draws or a little more: %s', (text, size, bold, drawn) => {
    const width = textWidth(text, size, bold);
    expect(width).toBeGreaterThanOrEqual(drawn);
    expect(width).toBeLessThan(drawn * 1.1);
  });
  it('grows with size, weight and Chinese signs', () => {
    expect(textWidth('net', 22)).toBeCloseTo(2 * textWidth('net', 11));
    expect(textWidth('net', 11, true)).toBeGreaterThan(textWidth('net', 11));
    expect(textWidth('训练', 11)).toBe(22);
    expect(textWidth('训练…', 11)).toBe(33);
  });
});

describe('fitText', () => {
  it('leaves a short text alone and cuts a long one', () => {
    expect(fitText('plain-8', 100, 12)).toBe('plain-8');
    const cut = fitText('ResNet-29 bottleneck', 80, 12, true);
    expect(cut.endsWith('…')).toBe(true);
    expect(textWidth(cut, 12, true)).toBeLessThanOrEqual(80);
  });
});
