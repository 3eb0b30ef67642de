import { act, createElement, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { vi } from 'vitest';
import type { Stores } from '../features/stores.ts';
import { StoresContext } from '../features/use-stores.ts';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
// happy-dom has no locks, and says null where a browser says undefined. Stores look for them when they are created.
Object.defineProperty(navigator, 'locks', { value: undefined });

/** A part of the page that stands in the document of happy-dom. */
export interface Mounted {
  readonly element: HTMLElement;
  /** Shows another part, or the same with other properties, in its place. */
  readonly render: (part: ReactNode) => Promise<void>;
  /** Takes it out of the document, with all that dialogs have left there. */
  readonly close: () => void;
}

/** Puts parts of the page into the document, with these stores. For tests with `@vitest-environment happy-dom`. */
export async function mount(stores: Stores, part: ReactNode): Promise<Mounted> {
  const element = document.body.appendChild(document.createElement('div'));
  const root = createRoot(element);
  const render = (next: ReactNode) =>
    act(async () => root.render(createElement(StoresContext, { value: stores }, next)));
  await render(part);
  const close = () => {
    act(() => root.unmount());
    document.body.replaceChildren();
  };
  return { element, render, close };
}
