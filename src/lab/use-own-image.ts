import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { OwnImage, OwnImageState } from './own-image.ts';

export const OwnImageContext = createContext<OwnImage | null>(null);

/** One image of a person's own, for its actions. */
export function useOwnImage(): OwnImage {
  const own = useContext(OwnImageContext);
  if (own === null) throw new Error('own image: there is none around this component');
  return own;
}

/** A part of its state; the component draws again when that part has changed. */
export function useOwnImageState<Part>(select: (state: OwnImageState) => Part): Part {
  return useStore(useOwnImage().store, select);
}
