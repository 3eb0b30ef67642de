import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { SlowMotion, SlowMotionState } from './slow-motion.ts';

export const SlowMotionContext = createContext<SlowMotion | null>(null);

/** The round in slow motion, for its actions. */
export function useSlowMotion(): SlowMotion {
  const slow = useContext(SlowMotionContext);
  if (slow === null) throw new Error('slow motion: there is none around this component');
  return slow;
}

/** A part of what is shown in slow motion. */
export function useSlowState<Part>(select: (state: SlowMotionState) => Part): Part {
  return useStore(useSlowMotion().store, select);
}
