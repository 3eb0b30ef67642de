import { type RefCallback, useCallback, useState, useSyncExternalStore } from 'react';

/** Whether a media query matches now, followed as it changes. */
function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const media = matchMedia(query);
      media.addEventListener('change', onChange);
      return () => media.removeEventListener('change', onChange);
    },
    [query],
  );
  const matches = () => matchMedia(query).matches;
  return useSyncExternalStore(subscribe, matches, matches);
}

/** Whether the page is as narrow as a phone. */
export function usePhone(): boolean {
  return useMedia('(max-width: 640px)');
}

/** Whether there is room for the lab beside the race. */
export function useBeside(): boolean {
  return useMedia('(min-width: 1101px)');
}

/** Whether targets must be large enough for fingers. What a tap does depends on the pointer of each event instead. */
export function useTouchSize(): boolean {
  return useMedia('(max-width: 640px), (pointer: coarse)');
}

/** Whether the visitor asked for less motion: nothing plays by itself then. */
export function useReducedMotion(): boolean {
  return useMedia(REDUCED_MOTION);
}

/** The same outside of components. */
export function prefersReducedMotion(): boolean {
  return matchMedia(REDUCED_MOTION).matches;
}

const REDUCED_MOTION = '(prefers-reduced-motion: reduce)';

/** Whether an element is on the screen; attach the callback to it. */
export function useInView<E extends Element>(): readonly [RefCallback<E>, boolean] {
  const [inView, setInView] = useState(false);
  const attach = useCallback((element: E | null) => {
    if (element === null) return;
    const observer = new IntersectionObserver((entries) => setInView(entries.at(-1)?.isIntersecting ?? false));
    observer.observe(element);
    return () => {
      observer.disconnect();
      setInView(false);
    };
  }, []);
  return [attach, inView];
}

/** Whether an element has been on the screen, so that what is in it is loaded when it is first seen; attach the callback to it. */
export function useSeen<E extends Element>(): readonly [RefCallback<E>, boolean] {
  const [attach, inView] = useInView<E>();
  const [seen, setSeen] = useState(false);
  if (inView && !seen) setSeen(true);
  return [attach, seen];
}

/** Whether a window that is wide enough for columns is so low that rows must be, too. */
export function useLowWindow(): boolean {
  return useMedia('(min-width: 961px) and (max-height: 760px)');
}
