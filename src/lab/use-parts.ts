import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Part } from '../spec/parts.ts';
import type { Parts } from './parts.ts';

export const PartsContext = createContext<Parts | null>(null);

/** Which parts of the page are shown, for its actions. */
export function useParts(): Parts {
  const parts = useContext(PartsContext);
  if (parts === null) throw new Error('parts: there are none around this component');
  return parts;
}

/** The parts that are left out; the component draws again when they change. */
export function useHidden(): readonly Part[] {
  return useStore(useParts().store, ({ hidden }) => hidden);
}
