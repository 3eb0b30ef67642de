import { type Sentence, sentence } from '../../language/sentence.ts';
import { hasSums } from '../net/choices.ts';
import { blockCount, type CifarNet, layersPerBlock, STAGES } from '../net/net.ts';

/** Limits of the numbers in an experiment from outside. `dropBy` is the divisor of a learning rate drop. */
export const LIMITS = {
  depth: { min: 8, max: 1202 },
  width: { min: 1, max: 256 },
  gain: { min: 0, max: 2 },
  lanes: { max: 24 },
  /** More characters than a net's name has with all its choices in it, each number at its longest, and "(99)" behind it. */
  laneName: { max: 320 },
  batch: { min: 1, max: 1024 },
  learningRate: { min: 1e-6, max: 10 },
  momentum: { min: 0, max: 0.999 },
  weightDecay: { min: 0, max: 1 },
  steps: { min: 1, max: 1_000_000 },
  seed: { min: 0, max: 2 ** 32 - 1 },
  dropBy: { min: 1, max: 1000 },
} as const;

/** What decides how many layers a block has. */
type LayersOfBlock = Pick<CifarNet, 'block' | 'choices'>;

/** "6n + 2", "9n + 2" */
function depthRule(net: LayersOfBlock): string {
  return `${STAGES * layersPerBlock(net)}n + 2`;
}

/** Why a net of this depth cannot be built, with the nearest depths that can; null where it can. */
export function depthProblem(depth: number, net: LayersOfBlock): Sentence | null {
  const period = STAGES * layersPerBlock(net);
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
  return sentence('experiment.depth', { depth, rule: depthRule(net), most: most * period + 2, nearest });
}

/** Why a net of this kind cannot have these choices together; null where it can. */
export function choicesProblem({
  family,
  depth,
  block,
  option,
  width,
  choices = {},
}: Pick<CifarNet, 'family' | 'depth' | 'block' | 'option' | 'width' | 'choices'>): Sentence | null {
  const { start, norm, shift, lastScale, order, shortcut, drop, span, rep } = choices;
  if (shortcut !== undefined) {
    if (family === 'plain') return sentence('experiment.choices.shortcut');
    if (!hasSums(choices) && order !== undefined) return sentence('experiment.choices.orderOfSum');
    if (!hasSums(choices) && start?.type === 'fixup') return sentence('experiment.choices.fixupOfSum');
    // The gradient of either is the other times something: where both are 0 neither moves.
    const isZero = shortcut.type === 'scalar' && shortcut.start === 0;
    if (isZero && (lastScale !== undefined || start?.type === 'fixup')) return sentence('experiment.choices.twoZeros');
    const isDense = shortcut.type === 'dense';
    if (isDense && (block !== 'basic' || option !== 'A' || lastScale !== undefined || span !== undefined))
      return sentence('experiment.choices.dense');
  }
  if (rep) {
    const isUsual = norm === undefined && order === undefined && lastScale === undefined;
    if (block !== 'basic' || !isUsual || shortcut?.type === 'dense') return sentence('experiment.choices.rep');
  }
  if (span !== undefined && block !== 'basic') return sentence('experiment.choices.span');
  if (drop !== undefined && (family === 'plain' || !hasSums(choices) || shortcut?.type === 'highway'))
    return sentence('experiment.choices.drop');
  if (shortcut?.type === 'highway' && (order !== undefined || start?.type === 'fixup'))
    return sentence('experiment.choices.highway');
  if (norm?.type === 'group') {
    const { groups } = norm;
    const uneven = normedChannels({ depth, width, choices }).find((channels) => channels % groups !== 0);
    if (uneven !== undefined) return sentence('experiment.choices.groups', { groups, width: uneven });
  }
  if (norm?.type === 'none') {
    if (shift !== undefined) return sentence('experiment.choices.shift');
    if (lastScale !== undefined) return sentence('experiment.choices.scaleOfNone');
    if (order === 'norm-after-sum') return sentence('experiment.choices.sumOfNone');
  }
  if (lastScale !== undefined) {
    if (family === 'plain') return sentence('experiment.lastScale');
    if (order === 'relu-before-sum') return sentence('experiment.choices.scaleBeforeRelu');
    if (order === 'pre-activation' || order === 'norm-after-sum') return sentence('experiment.choices.scaleOfOrder');
  }
  if (start?.type === 'fixup') {
    if (family === 'plain') return sentence('experiment.lastScale');
    if (norm?.type !== 'none') return sentence('experiment.choices.fixup');
    if (span === 1) return sentence('experiment.choices.fixupSpan');
  }
  return null;
}

/**
 * Why a new net should not be of this kind: it cannot be, or its branches would be 0 for ever, since a ReLU right behind
 * one that starts at 0 passes no gradient. Links of earlier versions may have the latter.
 */
export function designProblem(net: Parameters<typeof choicesProblem>[0]): Sentence | null {
  const { start, shift = 0, lastScale, order, slope = 0, shortcut } = net.choices ?? {};
  const problem = choicesProblem(net);
  if (problem !== null || slope > 0) return problem;
  if (lastScale !== undefined && shift <= 0 && shortcut?.type === 'highway')
    return sentence('experiment.choices.scaleBeforeGate');
  if (start?.type === 'fixup' && order === 'relu-before-sum') return sentence('experiment.choices.fixupBeforeRelu');
  return null;
}

/** The numbers of channels that are normalised; those of later stages are multiples of the first's, but for dense connections. */
function normedChannels({ depth, width, choices }: Pick<CifarNet, 'depth' | 'width' | 'choices'>): readonly number[] {
  const shortcut = choices?.shortcut;
  if (shortcut?.type !== 'dense') return [width];
  const channels: number[] = [];
  const blocks = blockCount({ depth, block: 'basic', choices }) / STAGES;
  let now = width;
  for (let stage = 1; stage <= STAGES; stage++) {
    // Before each block, and behind the last.
    for (let block = 0; block <= blocks; block++) channels.push(now + block * shortcut.growth);
    now = Math.floor((now + blocks * shortcut.growth) / 2);
  }
  return channels;
}
