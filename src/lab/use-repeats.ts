import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Repeats, RepeatsState } from './repeats.ts';

export const RepeatsContext = createContext<Repeats | null>(null);

/** The repeating of the experiment over seeds, for its actions. */
export function useRepeats(): Repeats {
  const repeats = useContext(RepeatsContext);
  if (repeats === null) throw new Error('repeats: there are none around this component');
  return repeats;
}

/** A part of what is known of that; the component draws again when that part has changed. */
export function useRepeatsState<Part>(select: (state: RepeatsState) => Part): Part {
  return useStore(useRepeats().store, select);
}
