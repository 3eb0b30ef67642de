import { errorText } from '../../charts/error-scale.ts';
import type { EvidenceRecord } from '../../core/results/evidence.ts';
import { say } from '../../language/say.ts';
import {
  type ComparedOrders,
  comparedOrders,
  type Deepening,
  type DeepTwins,
  deepeningOf,
  deepTwinsOf,
  divergesUnlikeThePaper,
  fallsAsInThePaper,
  IN_THE_PAPER,
  isGuessing,
  orderTwinsOf,
  RESPONSE_DECIMALS,
  type ResponsePair,
  responsePairs,
} from './claims.ts';
import { type RecordedNet, recordedNets } from './record-nets.ts';
import { recordWhy } from './records.ts';

/** How a record compares with the paper, sentence by sentence; where it is otherwise, the last says why that may be. */
export function findingsOf(record: EvidenceRecord): readonly string[] {
  const { families, depths } = responsePairs(record);
  const found = (['plain', 'residual'] as const).flatMap((family) => deepeningOf(record, family) ?? []);
  const twins = deepTwinsOf(record);
  const orders = comparedOrders(record);
  const deepest = orderTwinsOf(record)?.usual;
  const nets = recordedNets(record);
  const pairs = [...families, ...(depths === null ? [] : [depths])];
  const differs =
    found.some(({ family, deeperIs, level }) => deeperIs !== IN_THE_PAPER[family] || level !== null) ||
    (twins !== null && twins.residualIs !== 'better') ||
    (deepest !== undefined && !fallsAsInThePaper(deepest)) ||
    nets.some(divergesUnlikeThePaper) ||
    pairs.some(({ is }) => is !== 'less');
  const why = differs ? recordWhy(record.name) : null;
  return [
    ...families.map(familiesText),
    ...(depths === null ? [] : [depthsText(depths)]),
    ...found.map(deepeningText),
    ...(twins === null ? [] : [twinsText(twins, record)]),
    ...nets.flatMap((net) => divergedText(net) ?? []),
    ...(orders === null ? [] : [ordersText(orders, record)]),
    ...(why === null ? [] : [why]),
  ];
}

function deepeningText({ family, shallow, deep, deeperIs, deeperTestIs, best, level }: Deepening): string {
  return say('paper.deepening', {
    family,
    from: shallow.lane.net.depth,
    to: deep.lane.net.depth,
    before: errorText(shallow.trb?.mean ?? Number.NaN),
    after: errorText(deep.trb?.mean ?? Number.NaN),
    tested: areTested(shallow, deep),
    testBefore: errorText(shallow.test?.mean ?? Number.NaN),
    testAfter: errorText(deep.test?.mean ?? Number.NaN),
    lowest: best === shallow || best === deep ? 0 : best.lane.net.depth,
    seeds: deep.runs.length,
    is: deeperIs,
    testIs: deeperTestIs,
    level: level?.lane.net.depth ?? 0,
  });
}

/** Whether both have a test error, which running statistics may leave without a finite logit where the training error has one. */
function areTested(first: RecordedNet, second: RecordedNet): 'true' | 'false' {
  return first.test !== null && second.test !== null ? 'true' : 'false';
}

function twinsText({ plain, residual, residualIs }: DeepTwins, { data: { majority } }: EvidenceRecord): string {
  return say('paper.deepTwins', {
    depth: residual.lane.net.depth,
    plain: errorText(plain.trb?.mean ?? Number.NaN),
    residual: errorText(residual.trb?.mean ?? Number.NaN),
    seeds: residual.runs.length,
    guesses: isGuessing(plain, majority) ? 'yes' : 'no',
    majority: errorText(majority),
    is: residualIs,
  });
}

function divergedText(net: RecordedNet): string | null {
  const { lane, runs, diverged } = net;
  if (diverged === null) return null;
  const differs = `${divergesUnlikeThePaper(net)}`;
  return say('paper.netDiverged', { net: lane.name, of: runs.length, ...diverged, differs });
}

function ordersText({ usual, preActivation, preActivationIs }: ComparedOrders, { data }: EvidenceRecord): string {
  return say('paper.orderTwins', {
    depth: usual.lane.net.depth,
    usual: errorText(usual.trb?.mean ?? Number.NaN),
    preActivation: errorText(preActivation.trb?.mean ?? Number.NaN),
    tested: areTested(usual, preActivation),
    testUsual: errorText(usual.test?.mean ?? Number.NaN),
    testPreActivation: errorText(preActivation.test?.mean ?? Number.NaN),
    majority: errorText(data.majority),
    seeds: usual.runs.length,
    reached: `${fallsAsInThePaper(usual)}`,
    is: preActivationIs,
  });
}

function familiesText({ first, second, is }: ResponsePair): string {
  return say('paper.responsesFamilies', { ...pairValues({ first, second, is }), depth: second.lane.net.depth });
}

function depthsText({ first, second, is }: ResponsePair): string {
  const [from, to] = [first.lane.net.depth, second.lane.net.depth];
  return say('paper.responsesDepths', { ...pairValues({ first, second, is }), from, to });
}

function pairValues({ first, second, is }: ResponsePair) {
  const [before, after] = [first, second].map(({ responses }) => responses.mean.mean.toFixed(RESPONSE_DECIMALS));
  return { before: `${before}`, after: `${after}`, seeds: second.runs.length, is };
}
