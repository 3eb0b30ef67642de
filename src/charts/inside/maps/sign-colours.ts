import { interpolateLab, rgb } from 'd3';

export type Rgb = readonly [red: number, green: number, blue: number];

export interface SignColours {
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
