import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Runs, RunsState } from './runs.ts';

export const RunsContext = createContext<Runs | null>(null);

/** The runs that are kept, for their actions. */
export function useRuns(): Runs {
  const runs = useContext(RunsContext);
  if (runs === null) throw new Error('runs: there are none around this component');
  return runs;
}

/** A part of what is known of them; the component draws again when that part has changed. */
export function useRunsState<Part>(select: (state: RunsState) => Part): Part {
  return useStore(useRuns().store, select);
}
