import { useSyncExternalStore } from 'react';
import type { SignColours } from './sign-colours.ts';

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

function read(): string {
  const style = getComputedStyle(document.documentElement);
  return ['--neg', '--zero', '--pos'].map((name) => style.getPropertyValue(name).trim()).join();
}

/** The theme's colours of signed values, for pictures that no style sheet reaches. */
export function useSignColours(): SignColours {
  const [negative = '#000', zero = '#000', positive = '#000'] = useSyncExternalStore(subscribe, read).split(',');
  return { negative, zero, positive };
}
