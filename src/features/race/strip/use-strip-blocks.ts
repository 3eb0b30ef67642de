import { useMemo } from 'react';
import { type StoreApi, useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { begunOf, gainsNow } from '../../lab/lane-now.ts';
import type { LabState } from '../../lab/state.ts';
import { plannedGains } from '../lanes/net-changes.ts';
import type { StripBlock } from './Strip.tsx';

/**
 * The state of every shortcut of a lane: the same array until one of them changes, which spares the strip a render.
 * `chosen` is the block that is chosen for Look inside, counted from 1, or null.
 */
export function useStripBlocks(store: StoreApi<LabState>, name: string, chosen: number | null): readonly StripBlock[] {
  const gains = useStore(
    store,
    useShallow((state) => gainsNow(state, name)),
  );
  const pending = useStore(
    store,
    useShallow((state) => state.pending.filter(({ lane }) => lane === name).map(({ block }) => block)),
  );
  const planned = useStore(
    store,
    useShallow((state) => {
      const of = plannedGains(state.experiment, name, begunOf(state, name));
      return gains.map((_, index) => of(index + 1));
    }),
  );
  return useMemo(
    () =>
      gains.map((gain, index) => {
        const block = index + 1;
        const settled = gain === 0 ? 'off' : gain === 1 ? 'on' : 'partial';
        return {
          index: block,
          gain,
          planned: planned[index] ?? null,
          chosen: chosen === block,
          state: pending.includes(block) ? 'pending' : settled,
        };
      }),
    [gains, pending, planned, chosen],
  );
}
