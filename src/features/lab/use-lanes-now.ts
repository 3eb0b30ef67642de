import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { LaneSpec } from '../../core/experiment/experiment.ts';
import type { NetSpec } from '../../core/net/net.ts';
import { useLabState } from '../use-stores.ts';
import { netNow } from './lane-now.ts';
import type { LabState } from './state.ts';

/** The nets of the race as they are now, in the order of its lanes: one that has grown is the smaller one again after a reset. */
export function netsNow(state: Pick<LabState, 'experiment' | 'curves'>): readonly NetSpec[] {
  return state.experiment.lanes.map((lane) => netNow(state, lane));
}

/** The lanes of the race with the nets that they are now; the same array as long as these are the same. */
export function useLanesNow(): readonly LaneSpec[] {
  const lanes = useLabState((state) => state.experiment.lanes);
  const nets = useLabState(useShallow(netsNow));
  return useMemo(
    () =>
      lanes.map((lane, index) => {
        const net = nets[index] ?? lane.net;
        return net === lane.net ? lane : { ...lane, net };
      }),
    [lanes, nets],
  );
}
