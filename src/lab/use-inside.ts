import { createContext, useContext, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ProbeRequest } from '../probes/probes.ts';
import { type Inquiry, inquiryKey } from './inquiry.ts';
import type { Inside } from './inside.ts';
import { type Answer, type InsideState, NO_ANSWER } from './inside-state.ts';

export const InsideContext = createContext<Inside | null>(null);

/** The nets' inside, for its actions. */
export function useInside(): Inside {
  const inside = useContext(InsideContext);
  if (inside === null) throw new Error('inside: there is none around this component');
  return inside;
}

/** A part of what the page has seen of the nets' inside. */
export function useInsideState<Part>(select: (state: InsideState) => Part): Part {
  return useStore(useInside().store, select);
}

/** The answers to these inquiries, in their order. */
export function useAnswers(inquiries: readonly Inquiry[]): readonly Answer[] {
  const answers = useInsideState((state) => state.answers);
  return inquiries.map((inquiry) => answers.get(inquiryKey(inquiry)) ?? NO_ANSWER);
}

/** The answers to one probe of several lanes, kept up to date while `active`, or as it was at step 0. */
export function useProbe(
  lanes: readonly string[],
  request: ProbeRequest,
  active: boolean,
  atStart = false,
): readonly Answer[] {
  const inside = useInside();
  const inquiries = useMemo(
    () => lanes.map((lane): Inquiry => ({ kind: 'probe', lane, request, atStart })),
    [lanes, request, atStart],
  );
  useEffect(() => {
    if (!active) return;
    const stops = lanes.map((lane) => inside.watch(lane, request, atStart));
    return () => {
      for (const stop of stops) stop();
    };
  }, [inside, lanes, request, active, atStart]);
  return useAnswers(inquiries);
}
