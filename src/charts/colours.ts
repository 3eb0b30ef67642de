import { interpolateLab, rgb } from 'd3';
import { type CSSProperties, useSyncExternalStore } from 'react';
import type { Family } from './series/series.ts';

/** Depth as lightness, 0 for 8 layers to 1 for 56 and more. Absolute, so that adding a net never recolours another. */
export function depthLightness(depth: number): number {
  return Math.min(1, Math.max(0, Math.log(depth / 8) / Math.log(7)));
}

/** The classes that give an element `--net` and `--net-text`, the colours of a net. */
export function netClass(family: Family): string {
  return family === 'plain' ? 'net plain' : 'net res';
}

/** The style that goes with `netClass`. */
export function netStyle(lightness: number): CSSProperties & { readonly '--t': number } {
  return { '--t': Math.round(lightness * 1000) / 1000 };
}

/**
 * Nets of one kind and depth have one colour; this is the dash of their lines, by how many such nets come before one (see
 * `repeatsOf`). `scale` makes it fit a line that is not a curve.
 */
export function repeatDash(repeat: number, scale = 1): string | undefined {
  return REPEAT_DASHES[repeat % REPEAT_DASHES.length]?.map((length) => length * scale).join(' ');
}

/** Tests have another, shorter dash in a thinner line. */
const REPEAT_DASHES = [undefined, [12, 5], [4, 5], [16, 4, 4, 4]] as const;

type Rgb = readonly [red: number, green: number, blue: number];

interface SignColours {
  readonly negative: string;
  readonly zero: string;
  readonly positive: string;
}

const STEPS = 64;

/** Colours of values from -1 to 1 on the diverging scale: purple below 0, green above. */
export function signScale({ negative, zero, positive }: SignColours): (share: number) => Rgb {
  const [below, above] = [interpolateLab(zero, negative), interpolateLab(zero, positive)];
  const side = (mix: (t: number) => string) =>
    Array.from({ length: STEPS + 1 }, (_, step): Rgb => {
      const { r, g, b } = rgb(mix(step / STEPS));
      return [r, g, b];
    });
  const [purple, green] = [side(below), side(above)];
  return (share) => {
    const colours = share < 0 ? purple : green;
    return colours[Math.round(Math.min(1, Math.abs(share)) * STEPS)] ?? [0, 0, 0];
  };
}

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

function read(): string {
  const style = getComputedStyle(document.documentElement);
  return ['--neg', '--zero', '--pos'].map((name) => style.getPropertyValue(name).trim()).join();
}

/** The theme's colours of signed values, for pictures that no style sheet reaches. */
export function useSignColours(): SignColours {
  const [negative = '#000', zero = '#000', positive = '#000'] = useSyncExternalStore(subscribe, read).split(',');
  return { negative, zero, positive };
}
