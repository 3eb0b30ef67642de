import { type RefCallback, useCallback, useState } from 'react';

/** The width of an element in CSS pixels, followed as it changes; null before the first measure. */
export function useWidth<E extends Element>(): readonly [RefCallback<E>, number | null] {
  const [width, setWidth] = useState<number | null>(null);
  const attach = useCallback((element: E | null) => {
    if (!element) return;
    const measure = () => setWidth(Math.floor(element.getBoundingClientRect().width));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  return [attach, width];
}
