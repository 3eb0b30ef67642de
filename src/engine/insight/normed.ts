import { EPSILON } from '../ops/norm.ts';

/** A norm's statistics of a batch [2, channels] and its scale and shift, read back. */
export interface NormReading {
  readonly statistics: ArrayLike<number>;
  readonly scale: ArrayLike<number>;
  readonly shift: ArrayLike<number>;
}

/**
 * Mean and mean square over batch, pixels and channels of what the norm gives out for that batch, from its parameters
 * alone: channel c of it has mean shift_c and variance scale_c^2 v_c / (v_c + epsilon), where v_c is the input's.
 */
export function normedMoments({ statistics, scale, shift }: NormReading): {
  readonly mean: number;
  readonly meanSquare: number;
} {
  const channels = scale.length;
  let [mean, meanSquare] = [0, 0];
  for (let c = 0; c < channels; c++) {
    const [variance = Number.NaN, gamma = Number.NaN, beta = Number.NaN] = [
      statistics[channels + c],
      scale[c],
      shift[c],
    ];
    mean += beta / channels;
    meanSquare += ((gamma * gamma * variance) / (variance + EPSILON) + beta * beta) / channels;
  }
  return { mean, meanSquare };
}
