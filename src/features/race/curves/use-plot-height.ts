import { type RefCallback, useCallback, useState } from 'react';
import { zoomOf } from '../../../charts/plot-area.ts';
import { useClassroomState } from '../../use-stores.ts';

/** Height of a plot where it takes no part in the first screen: in one column, one below the other. */
const STACKED = 300;
const STACKED_BELOW = 801;

/** A plot is never lower, nor higher, than this. The second pair is for low windows. */
const LIMITS = { usual: [240, 520], low: [200, 520] } as const;
const LOW = 760;

/** Around the plots, within the first screen: the figures' heads above, the bar of sections below. */
const AROUND = { usual: 84, low: 66, presented: 38 } as const;

/** The height of the plots so that they end with the window, as the page is before it is scrolled; `attach` to what holds them. */
export function usePlotHeight(): readonly [RefCallback<HTMLElement>, number] {
  const [height, setHeight] = useState(STACKED);
  const presenting = useClassroomState((state) => state.presenting);
  const attach = useCallback(
    (section: HTMLElement | null) => {
      if (section === null) return;
      const measure = () => {
        const top = section.getBoundingClientRect().top + scrollY;
        setHeight(presenting ? heightPresented(top, zoomOf(section)) : heightBelow(top));
      };
      // What stands above may grow without the window's doing so.
      const observer = new ResizeObserver(measure);
      observer.observe(document.body);
      addEventListener('resize', measure);
      measure();
      return () => {
        observer.disconnect();
        removeEventListener('resize', measure);
      };
    },
    [presenting],
  );
  return [attach, height];
}

function heightBelow(top: number): number {
  if (innerWidth < STACKED_BELOW) return STACKED;
  const size = innerHeight > LOW ? 'usual' : 'low';
  const [least, most] = LIMITS[size];
  return Math.max(least, Math.min(most, Math.floor(innerHeight - top - AROUND[size])));
}

/** The same in a presentation, where nothing follows the plots, and which is drawn larger than it is laid out. */
function heightPresented(top: number, zoom: number): number {
  const [least, most] = LIMITS.low;
  return Math.max(least, Math.min(most, Math.floor((innerHeight - top) / zoom) - AROUND.presented));
}
