import { createContext, useContext } from 'react';
import { type StoreApi, useStore } from 'zustand';
import type { Section } from './share/sections.ts';
import type { Stores } from './stores.ts';

/** Provides the stores to the components of the page. */
export const StoresContext = createContext<Stores | null>(null);

class NoStoresError extends Error {
  override readonly name = 'NoStoresError';
}

/**
 * Makes the two hooks of a store: one gives the store with its actions and never renders its component again, the other
 * gives what `select` takes from the state, and renders its component when that has changed by `Object.is`. Both throw a
 * `NoStoresError` outside of a `StoresContext`.
 */
function hooksOf<Actions, State>(pick: (stores: Stores) => Actions & { readonly store: StoreApi<State> }) {
  const useActions = () => pick(useAllStores());
  const useSelected = <Selected>(select: (state: State) => Selected): Selected => useStore(useActions().store, select);
  return [useActions, useSelected] as const;
}

export const [useLab, useLabState] = hooksOf((stores) => stores.lab);
export const [useLibrary, useLibraryState] = hooksOf((stores) => stores.library);
export const [useRuns, useRunsState] = hooksOf((stores) => stores.runs);
export const [useRepeats, useRepeatsState] = hooksOf((stores) => stores.repeats);
export const [useAutosave, useAutosaveState] = hooksOf((stores) => stores.autosave);
export const [useInsight, useInsightState] = hooksOf((stores) => stores.insight);
export const [useOwnImage, useOwnImageState] = hooksOf((stores) => stores.ownImage);
export const [usePretrained, usePretrainedState] = hooksOf((stores) => stores.pretrained);
export const [usePhotographs, usePhotographsState] = hooksOf((stores) => stores.photographs);
export const [useSlowMotion, useSlowState] = hooksOf((stores) => stores.slowMotion);
const [useSections, useSectionsState] = hooksOf((stores) => stores.sections);
export const [useLesson, useLessonState] = hooksOf((stores) => stores.lesson);
export const [useHovered, useHoveredState] = hooksOf((stores) => stores.hovered);
export const [useGhost, useGhostState] = hooksOf((stores) => stores.ghost);
export const [useClassroom, useClassroomState] = hooksOf((stores) => stores.classroom);

export { useSections };

/** All stores, with their actions. Throws a `NoStoresError` outside of a `StoresContext`. */
export function useAllStores(): Stores {
  const stores = useContext(StoresContext);
  if (stores === null) throw new NoStoresError('stores: render this component inside of <StoresContext value={…}>');
  return stores;
}

/** The parts of the page that are hidden. */
export function useHidden(): readonly Section[] {
  return useSectionsState(({ hidden }) => hidden);
}

/** Whether a section below the race can be gone to: no link leaves it out, and the page is not presented. */
export function useIsBelow(section: Section): boolean {
  const presenting = useClassroomState((state) => state.presenting);
  return !useHidden().includes(section) && !presenting;
}
