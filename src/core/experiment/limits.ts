import { type Sentence, sentence } from '../../language/sentence.ts';
import { type BlockKind, type CifarNet, LAYERS_PER_BLOCK, STAGES } from '../net/net.ts';

/** Limits of the numbers in an experiment from outside. `dropBy` is the divisor of a learning rate drop. */
export const LIMITS = {
  depth: { min: 8, max: 1202 },
  width: { min: 1, max: 256 },
  gain: { min: 0, max: 2 },
  lanes: { max: 24 },
  batch: { min: 1, max: 1024 },
  learningRate: { min: 1e-6, max: 10 },
  momentum: { min: 0, max: 0.999 },
  weightDecay: { min: 0, max: 1 },
  steps: { min: 1, max: 1_000_000 },
  seed: { min: 0, max: 2 ** 32 - 1 },
  dropBy: { min: 1, max: 1000 },
} as const;

/** "6n + 2", "9n + 2" */
function depthRule(block: BlockKind): string {
  return `${STAGES * LAYERS_PER_BLOCK[block]}n + 2`;
}

/** Why a net of this depth cannot be built, with the nearest depths that can; null where it can. */
export function depthProblem(depth: number, block: BlockKind): Sentence | null {
  const period = STAGES * LAYERS_PER_BLOCK[block];
  const n = (depth - 2) / period;
  if (Number.isInteger(n) && n >= 1 && depth <= LIMITS.depth.max) return null;
  const most = Math.floor((LIMITS.depth.max - 2) / period);
  const below = Math.min(most, Math.max(1, Math.floor(n)));
  const above = Math.min(most, Math.max(1, Math.ceil(n)));
  const depthOf = (blocks: number) => String(blocks * period + 2);
  const nearest =
    below === above
      ? depthOf(below)
      : sentence('experiment.depth.or', { below: depthOf(below), above: depthOf(above) });
  return sentence('experiment.depth', { depth, rule: depthRule(block), most: most * period + 2, nearest });
}

/** Why a net of this kind cannot have these choices; null where it can. */
export function choicesProblem({ family, choices }: Pick<CifarNet, 'family' | 'choices'>): Sentence | null {
  return family === 'plain' && choices?.lastScale === 0 ? sentence('experiment.lastScale') : null;
}
