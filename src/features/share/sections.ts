import { createStore, type StoreApi } from 'zustand/vanilla';
import { notOneOf } from '../../core/experiment/parse/parse.ts';
import type { MessageKey } from '../../language/messages.ts';

export interface SectionsState {
  readonly hidden: readonly Section[];
}

/** Which parts of the page are shown. */
export interface Sections {
  readonly store: StoreApi<SectionsState>;
  hide(hidden: readonly Section[]): void;
  toggle(part: Section): void;
}

export function createSections(): Sections {
  const store = createStore<SectionsState>(() => ({ hidden: [] }));
  return {
    store,
    hide: (hidden) => store.setState({ hidden }),
    toggle: (part) =>
      store.setState(({ hidden }) => {
        const others = hidden.filter((each) => each !== part);
        return { hidden: others.length < hidden.length ? others : [...hidden, part] };
      }),
  };
}

/** The parts that `?hide=lab,family` leaves out. Throws an `ExperimentError` that names what is no part. */
export function readHidden(address: URL): readonly Section[] {
  const names = address.searchParams.get('hide')?.split(',') ?? [];
  const unknown = names.find((name) => !SECTIONS.some((part) => part === name));
  if (unknown !== undefined) throw notOneOf('hide', unknown, SECTIONS.join(', '));
  return SECTIONS.filter((part) => names.includes(part));
}

/** The address with these parts left out. */
export function withHidden(address: URL, hidden: readonly Section[]): URL {
  const next = new URL(address);
  if (hidden.length === 0) next.searchParams.delete('hide');
  else next.searchParams.set('hide', SECTIONS.filter((part) => hidden.includes(part)).join(','));
  return next;
}

/** The sections of the page that a link may leave out, so that a class sees what the lesson is about. */
export const SECTIONS = ['lab', 'inside', 'predictions', 'family'] as const;
export type Section = (typeof SECTIONS)[number];

export const SECTION_NAMES = {
  lab: 'page.partLab',
  inside: 'page.partInside',
  predictions: 'page.partPredictions',
  family: 'page.partFamily',
} as const satisfies Readonly<Record<Section, MessageKey>>;
