import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Keeping, KeepingState } from './keeping.ts';

export const KeepingContext = createContext<Keeping | null>(null);

/** What is kept of the race, for its actions. */
export function useKeeping(): Keeping {
  const keeping = useContext(KeepingContext);
  if (keeping === null) throw new Error('keeping: there is none around this component');
  return keeping;
}

/** A part of what is known of that; the component draws again when that part has changed. */
export function useKeepingState<Part>(select: (state: KeepingState) => Part): Part {
  return useStore(useKeeping().store, select);
}
