import type { StoreApi } from 'zustand/vanilla';
import type { Classification } from '../../core/data/pretrained.ts';
import type { MapChoice } from '../../core/net/net-look.ts';
import type { PretrainedApi } from '../../workers/inference/api.ts';
import type { Client } from '../../workers/rpc.ts';
import type { PretrainedState } from './pretrained-state.ts';

/** Looks into the net that others trained, at the image that it was asked about last. */
export function createLook(
  { getState, setState }: StoreApi<PretrainedState>,
  client: Client<PretrainedApi>,
  told: <T>(asked: Promise<T>) => Promise<T | null>,
) {
  // What is asked for once: also what fails, until something else is looked at.
  let mapped: { readonly classification: Classification; readonly choice: MapChoice } | null = null;
  let probed: Classification | null = null;
  return {
    lookAt: (choice: MapChoice) => setState({ choice, maps: null }),
    maps: async () => {
      const { classification, choice } = getState();
      if (classification === null) return;
      if (mapped?.classification === classification && mapped.choice === choice) return;
      mapped = { classification, choice };
      const maps = await told(client.call('maps', { choice }));
      const now = getState();
      const isWanted = now.classification === classification && now.choice === choice;
      if (maps !== null && isWanted) setState({ maps });
    },
    probe: async () => {
      const { classification } = getState();
      if (classification === null || probed === classification) return;
      probed = classification;
      const probe = await told(client.call('probe'));
      if (probe !== null && getState().classification === classification) setState({ probe });
    },
  };
}
