import { describe, expect, it } from 'vitest';
import { syntheticDataset } from '../../testing/data/synthetic.ts';
import { normalisationOf, normalise } from './normalise.ts';

describe('normalised training images', () => {
  const { train } = syntheticDataset([0, 1, 2, 0, 1, 2, 0]);
  const values = normalise(train.images, normalisationOf(train));
  const length = 8 * 8 * 3;

  it('have mean 0 at every pixel and channel', () => {
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let image = 0; image < 7; image++) sum += values[image * length + i] ?? 0;
      expect(sum / 7).toBeCloseTo(0, 5);
    }
  });

  it('have standard deviation 1 over all of them', () => {
    const squares = values.reduce((total, value) => total + value * value, 0);
    expect(Math.sqrt(squares / values.length)).toBeCloseTo(1, 5);
  });

  it('keep the proportions between pixels: one scale for all', () => {
    const { mean, scale } = normalisationOf(train);
    for (let i = 0; i < values.length; i++) {
      expect(values[i]).toBeCloseTo(((train.images[i] ?? 0) - (mean[i % length] ?? 0)) * scale, 5);
    }
  });
});

describe('with a mean of each channel', () => {
  const { train } = syntheticDataset([0, 1, 2, 0, 1, 2, 0]);
  const values = normalise(train.images, normalisationOf(train, 'channel'));

  it('channels have mean 0, single pixels have not', () => {
    for (const channel of [0, 1, 2]) {
      const own = values.filter((_, at) => at % 3 === channel);
      expect(own.reduce((sum, value) => sum + value, 0) / own.length).toBeCloseTo(0, 5);
    }
    const first = values.filter((_, at) => at % 192 === 0);
    expect(Math.abs(first.reduce((sum, value) => sum + value, 0) / first.length)).toBeGreaterThan(0.05);
  });

  it('are those that one computes directly: three means, and one deviation around them', () => {
    const bytes = [...train.images];
    const means = [0, 1, 2].map((channel) => {
      const own = bytes.filter((_, at) => at % 3 === channel);
      return own.reduce((sum, byte) => sum + byte, 0) / own.length;
    });
    const rest = bytes.map((byte, at) => byte - (means[at % 3] ?? 0));
    const deviation = Math.sqrt(rest.reduce((sum, each) => sum + each * each, 0) / rest.length);
    for (const [at, each] of rest.entries()) expect(values[at]).toBeCloseTo(each / deviation, 5);
  });
});

it('images that are all alike become zeros, not NaN', () => {
  const train = { images: new Uint8Array(3 * 192).fill(77), labels: new Uint8Array(3) };
  expect(normalise(train.images, normalisationOf(train)).every((value) => value === 0)).toBe(true);
});
