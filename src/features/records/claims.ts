import { least } from 'd3';
import type { Spread } from '../../charts/series/seeds.ts';
import type { Family } from '../../charts/series/series.ts';
import { isSameNet } from '../../core/experiment/comparison.ts';
import { initialGain, type NetSpec } from '../../core/net/net.ts';
import type { EvidenceRecord } from '../../core/results/evidence.ts';
import { overSharedSeeds, type RecordedNet, recordedNets } from './record-nets.ts';
import type { RecordedResponses } from './record-responses.ts';

/**
 * How an error of one net compares with another’s. `alike`: their seeds overlap, or their means differ by less than the
 * images that it is measured on tell apart.
 */
type ErrorOrder = 'better' | 'worse' | 'alike';

/** What depth does to one family: its shallowest and its deepest net, over the seeds that all of the family have. */
export interface Deepening {
  readonly family: Family;
  readonly shallow: RecordedNet;
  readonly deep: RecordedNet;
  /** How the deepest net’s training error compares, and its test error. */
  readonly deeperIs: ErrorOrder;
  readonly deeperTestIs: ErrorOrder;
  /** The net with the lowest training error. */
  readonly best: RecordedNet;
  /**
   * The shallowest net from which on both errors compare alike with those of the deepest; null where that is the deepest
   * alone, or where the training errors of shallowest and deepest do.
   */
  readonly level: RecordedNet | null;
}

/** The fixed training images that trb is measured on. */
const IMAGES = 1000;

/** Two standard errors of the difference between two error rates, each measured on `images` images; all in percent. */
function samplingError(a: number, b: number, images: number): number {
  return 2 * Math.sqrt((a * (100 - a) + b * (100 - b)) / images);
}

/** What depth does to a family of a record; null where fewer than two depths of it were trained to the end. */
export function deepeningOf(record: EvidenceRecord, family: Family): Deepening | null {
  const nets = usualNets(record).filter(({ lane: { net } }) => net.family === family);
  const own = overSharedSeeds(record, nets);
  const [shallow, deep, best] = [own[0], own.at(-1), least(own, ({ trb }) => trb?.mean ?? Infinity)];
  if (
    shallow === undefined ||
    deep === undefined ||
    best === undefined ||
    shallow.lane.net.depth >= deep.lane.net.depth
  )
    return null;
  const { test: images } = record.data;
  const deeperIs = comparedTraining(shallow, deep);
  const differs = (net: RecordedNet) =>
    comparedTraining(net, deep) !== 'alike' || comparedErrors(net.test, deep.test, images) !== 'alike';
  const level = deeperIs === 'alike' ? null : (own.slice(own.findLastIndex(differs) + 1, -1)[0] ?? null);
  return {
    family,
    shallow,
    deep,
    best,
    level,
    deeperIs,
    deeperTestIs: comparedErrors(shallow.test, deep.test, images),
  };
}

/** The plain and the residual net of the greatest depth that both were trained at. */
export interface DeepTwins {
  readonly plain: RecordedNet;
  readonly residual: RecordedNet;
  /** How the residual net’s training error compares. */
  readonly residualIs: ErrorOrder;
}

/** The deepest twins of a record, over the seeds that both have; null where it has none that were trained to the end. */
export function deepTwinsOf(record: EvidenceRecord): DeepTwins | null {
  const own = usualNets(record);
  const deepest = own.findLast(({ lane: { net } }) => net.family === 'residual' && twinOf(net) !== undefined);
  const twin = deepest && twinOf(deepest.lane.net);
  const [plain, residual] = deepest && twin ? overSharedSeeds(record, [twin, deepest]) : [];
  return residual && plain ? { plain, residual, residualIs: comparedTraining(plain, residual) } : null;

  function twinOf({ depth }: NetSpec): RecordedNet | undefined {
    return own.find(({ lane: { net } }) => net.family === 'plain' && net.depth === depth);
  }
}

/** A residual net with the paper's blocks, and the one that differs from it by pre-activation alone. */
interface OrderTwins {
  readonly usual: RecordedNet;
  readonly preActivation: RecordedNet;
}

/**
 * The deepest residual net of over a thousand layers, of which section 4.2 speaks and the authors' next paper, that a record
 * has with pre-activation, too, whatever became of the two; null where it has none.
 */
export function orderTwinsOf(record: EvidenceRecord): OrderTwins | null {
  const nets = recordedNets(record);
  const twins = nets.flatMap((usual) => {
    const { net } = usual.lane;
    if (isChosen(net) || net.design !== undefined || net.family === 'plain' || net.depth <= 1000) return [];
    const wanted: NetSpec = { ...net, choices: { order: 'pre-activation' } };
    const preActivation = nets.find(({ lane }) => isSameNet(lane.net, wanted));
    return preActivation === undefined ? [] : [{ usual, preActivation }];
  });
  return twins.at(-1) ?? null;
}

/** The same over the seeds that both have, and how the training error of the second compares. */
export interface ComparedOrders extends OrderTwins {
  readonly preActivationIs: ErrorOrder;
}

/** How order twins compare; null where a record has none, or none of which both have an error. */
export function comparedOrders(record: EvidenceRecord): ComparedOrders | null {
  const twins = orderTwinsOf(record);
  if (twins === null || twins.usual.trb === null || twins.preActivation.trb === null) return null;
  const [usual, preActivation] = overSharedSeeds(record, [twins.usual, twins.preActivation]);
  if (usual === undefined || preActivation === undefined) return null;
  return { usual, preActivation, preActivationIs: comparedTraining(usual, preActivation) };
}

/** The nets whose blocks are the paper’s, and whose error was measured. */
function usualNets(record: EvidenceRecord): readonly RecordedNet[] {
  return recordedNets(record).filter(({ lane: { net }, trb }) => !isChosen(net) && trb !== null);
}

/** Whether a net diverged of which the paper’s learn: a residual one with the paper’s blocks. */
export function divergesUnlikeThePaper({ lane: { net }, diverged }: RecordedNet): boolean {
  return diverged !== null && net.family === 'residual' && !isChosen(net);
}

/** Whether the training error of a net of over a thousand layers falls as low as in the paper. */
export function fallsAsInThePaper({ trb }: RecordedNet): boolean {
  return trb !== null && trb.mean <= THOUSAND_LAYERS_IN_THE_PAPER;
}

function comparedTraining({ trb: first }: RecordedNet, { trb: second }: RecordedNet): ErrorOrder {
  return comparedErrors(first, second, IMAGES);
}

/** How the second of two errors, each over some seeds, compares with the first. */
function comparedErrors(first: Spread | null, second: Spread | null, images: number): ErrorOrder {
  if (first === null || second === null) return 'alike';
  const by = second.mean - first.mean;
  // Ranges of two seeds are apart in a third of all cases where there is no difference, and any two of one seed.
  const overlaps = second.low <= first.high && first.low <= second.high;
  const isAlike = overlaps || Math.abs(by) < samplingError(second.mean, first.mean, images);
  return isAlike ? 'alike' : by > 0 ? 'worse' : 'better';
}

/** Whether a net is no better than always naming the largest class, as far as its training images tell. */
export function isGuessing({ trb }: RecordedNet, majority: number): boolean {
  return trb !== null && majority - trb.mean < samplingError(majority, trb.mean, IMAGES);
}

/** Whether a net's blocks or gains are other ones than the paper's. */
export function isChosen(net: NetSpec): boolean {
  return ('choices' in net && net.choices !== undefined) || net.gains.some((gain) => gain !== initialGain(net.family));
}

/** What the paper found: plain nets get worse with depth, residual ones better. */
export const IN_THE_PAPER = { plain: 'worse', residual: 'better' } as const satisfies Readonly<
  Record<Family, ErrorOrder>
>;

/** What the training error of a residual net of over a thousand layers falls below in the paper, in percent (section 4.2). */
const THOUSAND_LAYERS_IN_THE_PAPER = 0.1;

/** The decimals that mean responses are told with. */
export const RESPONSE_DECIMALS = 2;

/** How the mean response of one net compares with that of another. `alike`: their seeds overlap, or they read the same. */
type Responding = 'less' | 'more' | 'alike';

/** The mean responses of two nets of a record, and how the second one’s compares. */
export interface ResponsePair {
  readonly first: RecordedNet & { readonly responses: RecordedResponses };
  readonly second: RecordedNet & { readonly responses: RecordedResponses };
  readonly is: Responding;
}

/**
 * The comparisons of figure 7, each over the seeds that both nets have: at each depth the residual net with the plain one,
 * and of residual nets the deepest with the shallowest.
 */
export function responsePairs(record: EvidenceRecord): {
  readonly families: readonly ResponsePair[];
  readonly depths: ResponsePair | null;
} {
  const probed = recordedNets(record).filter(({ responses }) => responses !== null);
  const residual = probed.filter(({ lane }) => lane.net.family === 'residual');
  const families = residual.flatMap((second) => {
    const first = probed.find(({ lane: { net } }) => net.family === 'plain' && net.depth === second.lane.net.depth);
    return pairOf(record, first, second) ?? [];
  });
  const [shallow, deep] = [residual[0], residual.at(-1)];
  return { families, depths: shallow === deep ? null : pairOf(record, shallow, deep) };
}

function pairOf(
  record: EvidenceRecord,
  one: RecordedNet | undefined,
  other: RecordedNet | undefined,
): ResponsePair | null {
  if (one === undefined || other === undefined) return null;
  const [first, second] = overSharedSeeds(record, [one, other]).flatMap(({ responses, ...net }) =>
    responses === null ? [] : [{ ...net, responses }],
  );
  if (first === undefined || second === undefined) return null;
  return { first, second, is: respondingOf(first.responses, second.responses) };
}

function respondingOf({ mean: first }: RecordedResponses, { mean: second }: RecordedResponses): Responding {
  const overlaps = second.low <= first.high && first.low <= second.high;
  const isSaidAlike = first.mean.toFixed(RESPONSE_DECIMALS) === second.mean.toFixed(RESPONSE_DECIMALS);
  return overlaps || isSaidAlike ? 'alike' : second.mean < first.mean ? 'less' : 'more';
}
