import type { CSSProperties } from 'react';
import type { Family } from './series/series.ts';

/** Depth as lightness, 0 for 8 layers to 1 for 56 and more. Absolute, so that adding a net never recolours another. */
export function toneOf(depth: number): number {
  return Math.min(1, Math.max(0, Math.log(depth / 8) / Math.log(7)));
}

/** The classes that give an element `--net` and `--net-text`, the colours of a net. */
export function netClass(family: Family): string {
  return family === 'plain' ? 'net plain' : 'net res';
}

/** The style that goes with `netClass`. */
export function netStyle(tone: number): CSSProperties & { readonly '--t': number } {
  return { '--t': Math.round(tone * 1000) / 1000 };
}
