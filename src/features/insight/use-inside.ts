import { useEffect, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useInside, useInsideState } from '../use-stores.ts';
import { type Inquiry, inquiryKey } from './inquiry.ts';
import { type Answer, NO_ANSWER } from './inside-state.ts';
import type { ProbeRequest } from './probes/probes.ts';

/** The answers to these inquiries, in their order: the same array until one of them changes. */
export function useAnswers(inquiries: readonly Inquiry[]): readonly Answer[] {
  return useInsideState(
    useShallow(({ answers }) => inquiries.map((inquiry) => answers.get(inquiryKey(inquiry)) ?? NO_ANSWER)),
  );
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
