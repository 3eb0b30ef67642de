import { depthLightness } from '../../charts/colours.ts';
import type { Net } from '../../charts/panels/panel.ts';
import type { LaneSpec } from '../../core/experiment/experiment.ts';
import type { NetKind } from '../../core/net/net.ts';

/** The lanes that figures compare: the chosen ones that are still in the race, else the deepest of each kind. */
export function lanesToCompare(lanes: readonly LaneSpec[], chosen: readonly string[] | null): readonly LaneSpec[] {
  const kept = lanes.filter(({ name }) => chosen?.includes(name));
  if (kept.length > 0) return kept;
  const deepest = (family: NetKind) =>
    lanes
      .filter(({ net }) => net.family === family)
      .reduce<LaneSpec | null>((best, lane) => (best === null || lane.net.depth > best.net.depth ? lane : best), null);
  const both = [deepest('plain'), deepest('residual')];
  return lanes.filter((lane) => both.includes(lane));
}

export interface ChosenBlock {
  readonly lane: LaneSpec;
  /** Counted from 1. */
  readonly block: number;
}

/** The block whose feature maps are shown: the chosen one, else the middle one of the deepest residual net. */
export function blockToOpen(
  all: readonly LaneSpec[],
  chosen: { readonly lane: string; readonly block: number } | null,
): ChosenBlock | null {
  const lanes = all.filter(({ net }) => net.gains.length > 0);
  const lane = lanes.find(({ name }) => name === chosen?.lane);
  if (lane !== undefined && chosen !== null) {
    return { lane, block: Math.min(chosen.block, lane.net.gains.length) };
  }
  const compared = lanesToCompare(lanes, null);
  const first = compared.find(({ net }) => net.family === 'residual') ?? compared[0];
  return first === undefined ? null : { lane: first, block: Math.ceil(first.net.gains.length / 2) };
}

/** A lane as the charts name, colour and dash it; `repeat` nets of the race before it have its colour. */
export function drawnNet({ name, net }: LaneSpec, repeat = 0): Net {
  return { id: name, name, family: net.family, lightness: depthLightness(net.depth), repeat };
}
