import { createStore, type StoreApi } from 'zustand/vanilla';
import { ExperimentError } from '../../core/experiment/parse/parse.ts';
import { quote } from '../../core/quote.ts';
import { PARTS, type Part } from '../../core/sections.ts';

export interface PartsState {
  readonly hidden: readonly Part[];
}

/** Which parts of the page are shown. */
export interface Parts {
  readonly store: StoreApi<PartsState>;
  hide(hidden: readonly Part[]): void;
  toggle(part: Part): void;
}

export function createParts(): Parts {
  const store = createStore<PartsState>(() => ({ hidden: [] }));
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
export function readHidden(address: URL): readonly Part[] {
  const names = address.searchParams.get('hide')?.split(',') ?? [];
  const unknown = names.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) throw new ExperimentError(`hide: ${quote(unknown)} is not one of ${PARTS.join(', ')}`);
  return PARTS.filter((part) => names.includes(part));
}

/** The address with these parts left out. */
export function withHidden(address: URL, hidden: readonly Part[]): URL {
  const next = new URL(address);
  if (hidden.length === 0) next.searchParams.delete('hide');
  else next.searchParams.set('hide', PARTS.filter((part) => hidden.includes(part)).join(','));
  return next;
}

/** The words around the parts of the page. */
export const PARTS_TEXT = {
  title: 'Shown',
  note: 'What is not ticked is left out here, and on the page that a link copied from here opens.',
  names: {
    lab: 'Lab: data, recipe, nets',
    inside: 'Look inside',
    predictions: 'Predictions',
    family: 'The family',
  } satisfies Record<Part, string>,
} as const;
