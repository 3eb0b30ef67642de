import { createStore, type StoreApi } from 'zustand/vanilla';

export interface HoveredState {
  /** The id of the curve under the pointer, in the charts or as a row of the lanes; null where there is none. */
  readonly id: string | null;
}

/** The curve under the pointer, which the charts and the lanes highlight together. */
export interface Hovered {
  readonly store: StoreApi<HoveredState>;
  hover(id: string | null): void;
}

export function createHovered(): Hovered {
  const store = createStore<HoveredState>(() => ({ id: null }));
  return { store, hover: (id) => store.setState({ id }) };
}
