import { blockKind, type NetSpec } from '../net/net.ts';

/**
 * Where a lane comes from that was branched off another. What it was until then is written down here and, as surgery, in
 * the experiment, so that it can be trained again from step 0 whatever became of the other lane.
 */
export interface Lineage {
  /** The lane that it was branched from, by the name that it had then. */
  readonly lane: string;
  /** What it was before, first to last; the last ended where it was branched. At least one. */
  readonly eras: readonly LineagePhase[];
}

/** What a lane's net was until step `until`, with its gains at the beginning of that phase. */
export interface LineagePhase {
  readonly net: NetSpec;
  readonly until: number;
}

/** A net, and what it was before. */
export interface NetWithLineage {
  readonly net: NetSpec;
  /** Where it was branched off another lane. */
  readonly origin?: Lineage;
}

/** The steps that a lane shares with the one that it was branched from; 0 for one that was not. */
export function branchStep({ origin }: NetWithLineage): number {
  return origin?.eras.at(-1)?.until ?? 0;
}

/** The net in force after `step` steps of a lane, and the step since when. */
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

/** Whether two nets have the same parameters, and compute the same but for their gains. */
export function haveSameShape(a: NetSpec, b: NetSpec): boolean {
  return a.depth === b.depth && a.width === b.width && kindOf(a) === kindOf(b);
}

/** Whether two nets are of one design, width, kind of block and option: they may differ in depth and in shortcuts. */
export function areSameButDepth(a: NetSpec, b: NetSpec): boolean {
  return withoutDepth(a) === withoutDepth(b);
}

/** A name for all nets that differ in depth and in shortcuts alone. */
export function withoutDepth(net: NetSpec): string {
  return [net.width, blockKind(net), kindOf(net)].join();
}

/** What a net is but for its family, its depth, its width and its gains. */
function kindOf(net: NetSpec): string {
  switch (net.design) {
    case undefined:
      return [net.block, net.option].join();
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

/** Whether a net can go on from another: as the same one, or deeper. */
export function canDeriveFrom(net: NetSpec, before: NetSpec): boolean {
  if (net.family !== before.family) return false;
  if (net.design !== undefined) return haveSameShape(net, before);
  return net.depth >= before.depth && haveSameShape({ ...net, depth: before.depth }, before);
}

/** Whether a lane is or was a net of this shape. */
export function hadShape({ net, origin }: NetWithLineage, shape: NetSpec): boolean {
  return [net, ...(origin?.eras ?? []).map((era) => era.net)].some((each) => haveSameShape(each, shape));
}
