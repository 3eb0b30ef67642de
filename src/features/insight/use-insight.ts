import { useCallback, useEffect, useMemo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Measured } from '../../charts/panels/measured.ts';
import type { LaneSpec } from '../../core/experiment/experiment.ts';
import { useInsight, useInsightState, useLabState } from '../use-stores.ts';
import { type Answer, type Inquiry, inquiryKey, isProbe, NO_ANSWER } from './inquiry.ts';
import type { FeaturesResult } from './probes/features.ts';
import type { ProbeName, ProbeRequest, ResultOf } from './probes/probes.ts';
import { netOf } from './view/choose.ts';

/** The answers to these inquiries, in their order: the same array until one of them changes. */
export function useAnswers(inquiries: readonly Inquiry[]): readonly Answer[] {
  return useInsightState(
    useShallow(({ answers }) => inquiries.map((inquiry) => answers.get(inquiryKey(inquiry)) ?? NO_ANSWER)),
  );
}

/** The answers to one probe of several lanes, kept up to date while `active`; with `atStart`, as it was at step 0. */
export function useProbe(
  lanes: readonly string[],
  request: ProbeRequest,
  active: boolean,
  atStart = false,
): readonly Answer[] {
  const insight = useInsight();
  const inquiries = useMemo(
    () => lanes.map((lane): Inquiry => ({ type: 'probe', lane, request, atStart })),
    [lanes, request, atStart],
  );
  useEffect(() => {
    if (!active) return;
    const stops = lanes.map((lane) => insight.watch(lane, request, atStart));
    return () => {
      for (const stop of stops) stop();
    };
  }, [insight, lanes, request, active, atStart]);
  return useAnswers(inquiries);
}

/** A probe of several lanes, now and at step 0, kept up to date while `active`. */
export function useMeasured<Name extends ProbeName>(
  lanes: readonly LaneSpec[],
  name: Name,
  request: ProbeRequest,
  active: boolean,
): { readonly measured: readonly Measured<ResultOf<Name>>[]; readonly answers: readonly Answer[] } {
  const names = useMemo(() => lanes.map((lane) => lane.name), [lanes]);
  const answers = useProbe(names, request, active);
  // A lane at step 0 needs no second measurement.
  const begun = answers.some(({ now }) => now !== null && now.step > 0);
  const starts = useProbe(names, request, active && begun, true);
  const measured = lanes.flatMap((lane, index): readonly Measured<ResultOf<Name>>[] => {
    const [now = null, first = null] = [answers[index]?.now, starts[index]?.now];
    if (!isProbe(now, name)) return [];
    const before = isProbe(first, name) && first.step < now.step ? first : null;
    return [{ net: netOf(lane), now, before }];
  });
  return { measured, answers: begun ? [...starts, ...answers] : answers };
}

/** A study of several lanes that takes seconds, and runs when the visitor asks for it. */
export interface Study {
  readonly answers: readonly Answer[];
  readonly running: boolean;
  readonly run: () => void;
  readonly cancel: () => void;
}

export function useStudy(lanes: readonly string[], inquire: (lane: string) => Inquiry): Study {
  const insight = useInsight();
  const inquiries = useMemo(() => lanes.map(inquire), [lanes, inquire]);
  const answers = useAnswers(inquiries);
  return {
    answers,
    running: answers.some(({ running }) => running),
    run: useCallback(() => {
      insight.run(inquiries);
    }, [insight, inquiries]),
    cancel: useCallback(() => insight.cancel(inquiries), [insight, inquiries]),
  };
}

/**
 * The answers about one image. If `holds`, the last image's maps stay until the next ones arrive: a drawing is another
 * image with every stroke, and the figure must not go blank in between.
 */
export function useHeldMaps([answer, ...others]: readonly Answer[], holds: boolean): readonly Answer[] {
  const race = useLabState((state) => state.race);
  const [held, setHeld] = useState<{ readonly race: number; readonly result: FeaturesResult } | null>(null);
  if (answer === undefined) return others;
  const { now } = answer;
  if (isProbe(now, 'features')) {
    if (held?.result !== now) setHeld({ race, result: now });
    return [answer, ...others];
  }
  return holds && held?.race === race ? [{ ...answer, now: held.result }, ...others] : [answer, ...others];
}
