import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Pretrained } from './pretrained.ts';
import type { PretrainedState } from './pretrained-state.ts';

export const PretrainedContext = createContext<Pretrained | null>(null);

/** The net that others trained, for its actions. */
export function usePretrained(): Pretrained {
  const pretrained = useContext(PretrainedContext);
  if (pretrained === null) throw new Error('net: there is no pretrained one around this component');
  return pretrained;
}

/** A part of what is known of it; the component draws again when that part has changed. */
export function usePretrainedState<Part>(select: (state: PretrainedState) => Part): Part {
  return useStore(usePretrained().store, select);
}
