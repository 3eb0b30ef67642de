import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Lab } from './lab.ts';
import type { LabState } from './state.ts';

export const LabContext = createContext<Lab | null>(null);

/** The lab, for its actions. */
export function useLab(): Lab {
  const lab = useContext(LabContext);
  if (lab === null) throw new Error('lab: there is none around this component');
  return lab;
}

/** A part of the lab's state; the component draws again when that part has changed. */
export function useLabState<Part>(select: (state: LabState) => Part): Part {
  return useStore(useLab().store, select);
}
