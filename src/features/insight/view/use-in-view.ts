import { type RefCallback, useCallback, useState } from 'react';

/** Whether an element is on the screen, so that a figure out of view is not measured. */
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
