import { useSyncExternalStore } from 'react';

const query = '(prefers-reduced-motion: reduce)';

function subscribe(onChange: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener('change', onChange);
  return () => media.removeEventListener('change', onChange);
}

/** Whether nothing is to move by itself. */
export function useStill(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
