import type { ImageSize } from '../data/image-sizes.ts';
import { makeNet } from '../net/net.ts';
import type { DataSpec, Experiment } from './experiment.ts';
import { nameLanes } from './experiment.ts';

/** The depths that the paper trains on CIFAR-10 (He et al. 2015, section 4.2 and table 6). */
export const PAPER_DEPTHS = [20, 32, 44, 56, 110] as const;
export type PaperDepth = (typeof PAPER_DEPTHS)[number];

export const PAPER_STEPS = 64_000;

/**
 * The paper's own experiment at one depth, as its section 4.2 has it: 32×32, width 16, batches of 128, rate 0.1 divided
 * by 10 at 32,000 and 48,000 steps, 64,000 steps, crop and flip. At 110 layers the first 400 steps are at 0.01; the paper
 * waits until the error is below 80%, "about 400 iterations". Images that cannot be made 32×32 have another `size`.
 */
export function paperExperiment(depth: PaperDepth, data: DataSpec, seed: number, size: ImageSize = 32): Experiment {
  return {
    data: { ...data, size },
    recipe: {
      batch: 128,
      learningRate: 0.1,
      warmUp: depth === 110 ? { steps: 400, rate: 0.01 } : null,
      drops: [
        { step: 32_000, by: 10 },
        { step: 48_000, by: 10 },
      ],
      momentum: 0.9,
      weightDecay: 1e-4,
      augment: true,
      mean: 'pixel',
      seed,
    },
    lanes: nameLanes([makeNet('plain', depth, { width: 16 }), makeNet('residual', depth, { width: 16 })]),
    surgery: [],
    until: PAPER_STEPS,
  };
}
