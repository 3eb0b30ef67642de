import { gainsAt, type LaneSpec } from '../../core/experiment/experiment.ts';
import { phaseAt } from '../../core/experiment/lineage.ts';
import type { NetSpec } from '../../core/net/net.ts';
import type { LabState } from './state.ts';

/** The steps that a lane has begun, by the last report: what it is and which gains it has is read at this step. */
export function begunOf({ curves }: Pick<LabState, 'curves'>, lane: string): number {
  return curves.get(lane)?.begun ?? 0;
}

/** The gains of a lane's blocks, as they are now. */
export function gainsNow(state: Pick<LabState, 'experiment' | 'curves'>, lane: string): readonly number[] {
  return gainsAt(state.experiment, lane, begunOf(state, lane));
}

/** The net that a lane is now: by a planned growth or fold it becomes another. */
export function netNow(state: Pick<LabState, 'curves'>, lane: LaneSpec): NetSpec {
  return phaseAt(lane, begunOf(state, lane.name)).net;
}
