import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Library, LibraryState } from './library.ts';

export const LibraryContext = createContext<Library | null>(null);

/** A person's own data sets, for their actions. */
export function useLibrary(): Library {
  const library = useContext(LibraryContext);
  if (library === null) throw new Error('library: there is none around this component');
  return library;
}

/** A part of the library's state; the component draws again when that part has changed. */
export function useLibraryState<Part>(select: (state: LibraryState) => Part): Part {
  return useStore(useLibrary().store, select);
}
