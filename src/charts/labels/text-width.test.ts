import { describe, expect, it } from 'vitest';
import { fitText, textWidth, wrapText } from './text-width.ts';

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

describe('wrapText', () => {
  it('leaves a text that fits in one row, and breaks a longer one between words', () => {
    expect(wrapText('plain-8', 100, 100, 12)).toEqual(['plain-8']);
    expect(wrapText('ResNet-1202, pre-activation', 110, 110, 12)).toEqual(['ResNet-1202,', 'pre-activation']);
  });
  it('breaks before the last word where only what follows the text has no room', () => {
    expect(wrapText('always the largest', 200, 20, 11)).toEqual(['always the', expect.stringMatching(/…$/)]);
    expect(wrapText('always the largest', 100, 80, 11)).toEqual(['always the', 'largest']);
  });
  it('breaks Chinese between any two signs, but not before a comma', () => {
    expect(wrapText('总是猜图片最多的类别', 80, 60, 11)).toEqual(['总是猜图片最多', '的类别']);
    expect(wrapText('一二，三四', 24, 24, 11)).toEqual(['一', '二…']);
  });
  it('cuts a single word', () => {
    const [cut, ...more] = wrapText('ResNet-1202-bottleneck', 80, 60, 12);
    expect(more).toEqual([]);
    expect(cut).toMatch(/^ResNet.*…$/);
  });
});
