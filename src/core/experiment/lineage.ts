import { choiceWords } from '../net/choices.ts';
import { blockKind, type NetSpec } from '../net/net.ts';
import { withoutRepBranches } from '../net/rep-branches.ts';

/**
 * The lineage of a lane that was branched off another one: its nets until then. With its copy of the surgery this
 * suffices to train it again from step 0, without the other lane. The keys `origin` and `eras` are those of links and
 * files.
 */
export interface Lineage {
  /** The name, at that time, of the lane that it was branched from. */
  readonly lane: string;
  /** Its earlier phases in order, at least one; the last ends at the branch point. */
  readonly eras: readonly LineagePhase[];
}

/** A phase of a lane: its net until step `until`, with the gains at the beginning of the phase. */
export interface LineagePhase {
  readonly net: NetSpec;
  readonly until: number;
}

/** A net with its lineage. */
export interface NetWithLineage {
  readonly net: NetSpec;
  /** Absent if it was not branched off another lane. */
  readonly origin?: Lineage;
}

/** Whether a lane began with weights drawn by the seed, and is no branch of another one. */
export function isFresh({ origin, start }: NetWithLineage & { readonly start?: unknown }): boolean {
  return origin === undefined && start === undefined;
}

/** Number of steps that a lane shares with the one that it was branched from; 0 if there is none. */
export function branchStep({ origin }: NetWithLineage): number {
  return origin?.eras.at(-1)?.until ?? 0;
}

/** A step after which a lane's RepVGG branches were folded, and its net until then. */
export interface FoldStep {
  readonly step: number;
  readonly before: NetSpec;
}

/** The last such step of a lane's first `steps` steps; null where there is none. */
export function lastFold({ net, origin }: NetWithLineage, steps = Number.POSITIVE_INFINITY): FoldStep | null {
  const eras = origin?.eras ?? [];
  const folds = eras.flatMap(({ net: before, until: step }, index): FoldStep[] =>
    step <= steps && isFoldOf(eras[index + 1]?.net ?? net, before) ? [{ step, before }] : [],
  );
  return folds.at(-1) ?? null;
}

/** The net in effect after `step` steps of a lane, and the step at which its phase began. */
export function phaseAt(
  { net, origin }: NetWithLineage,
  step: number,
): { readonly net: NetSpec; readonly since: number } {
  let since = 0;
  for (const era of origin?.eras ?? []) {
    if (step < era.until) return { net: era.net, since };
    since = era.until;
  }
  return { net, since };
}

/** Whether two nets have parameters of the same names and shapes, and differ in their kind and gains alone. */
export function haveSameShape(a: NetSpec, b: NetSpec): boolean {
  return a.depth === b.depth && a.width === b.width && kindOf(a) === kindOf(b);
}

/** Whether two nets are of one design, width, kind of block and option: they may differ in depth and in shortcuts. */
export function areSameButDepth(a: NetSpec, b: NetSpec): boolean {
  return withoutDepth(a) === withoutDepth(b);
}

/** A key that nets share if they differ only in depth and gains. */
export function withoutDepth(net: NetSpec): string {
  return [net.width, blockKind(net), kindOf(net)].join();
}

/** A key of a net's design, without kind, depth, width and gains. */
function kindOf(net: NetSpec): string {
  switch (net.design) {
    case undefined:
      return [net.block, net.option].join() + choiceWords(net.choices);
    case 'imagenet':
      return [net.design, net.option, net.form].join();
    case 'vgg':
      return [net.design, net.norm].join();
    case 'alexnet':
    case 'googlenet':
      return [net.design, net.form].join();
    default:
      return net satisfies never;
  }
}

/** Whether a net is another one whose RepVGG branches have been folded. */
export function isFoldOf(net: NetSpec, before: NetSpec): boolean {
  const folded = withoutRepBranches(before);
  return folded !== null && haveSameShape(net, folded);
}

/**
 * Whether a net can continue from another one: with the same shape, grown deeper, or with its RepVGG branches folded. With
 * dense connections the layers between the stages are wider in a deeper net, so that it cannot take over those of another.
 */
export function canDeriveFrom(net: NetSpec, before: NetSpec): boolean {
  if (net.family !== before.family) return false;
  if (isFoldOf(net, before)) return true;
  if (net.design !== undefined || net.choices?.shortcut?.type === 'dense') return haveSameShape(net, before);
  return net.depth >= before.depth && haveSameShape({ ...net, depth: before.depth }, before);
}

/** Whether a lane has or had a net of this shape. */
export function hadShape({ net, origin }: NetWithLineage, shape: NetSpec): boolean {
  return [net, ...(origin?.eras ?? []).map((era) => era.net)].some((each) => haveSameShape(each, shape));
}
