import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Measured } from '../../charts/panels/measured.ts';
import type { Net } from '../../charts/panels/panel.ts';
import type { LaneSpec } from '../../core/experiment/experiment.ts';
import type { NetSpec } from '../../core/net/net.ts';
import { useNetRepeats } from '../lab/use-net-costs.ts';
import { useInsight, useInsightState, useLabState, useOwnImageState } from '../use-stores.ts';
import { drawnNet } from './compared.ts';
import { type Inquiry, inquiryKey, isProbe, type Measurement, NOT_MEASURED } from './inquiry.ts';
import type { FeaturesResult, ProbedImage } from './probes/features.ts';
import { type FigureName, PROBES, type ProbeName, type ProbeRequest, type ResultOf } from './probes/probes.ts';

/** The answers to these inquiries, in their order: the same array until one of them changes. */
function useMeasurements(inquiries: readonly Inquiry[]): readonly Measurement[] {
  return useInsightState(
    useShallow(({ answers }) => inquiries.map((inquiry) => answers.get(inquiryKey(inquiry)) ?? NOT_MEASURED)),
  );
}

/** The answers to one probe of several lanes, kept up to date while `active`; with `atStart`, as it was at step 0. */
export function useProbe(
  lanes: readonly string[],
  request: ProbeRequest,
  active: boolean,
  atStart = false,
): readonly Measurement[] {
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
  return useMeasurements(inquiries);
}

/** Gives a lane of the race the look that it has in all charts. */
export function useDrawnNet(): (lane: LaneSpec) => Net {
  const repeats = useNetRepeats();
  return useCallback((lane: LaneSpec) => drawnNet(lane, repeats.get(lane.name)), [repeats]);
}

/** Number of training images of the race; infinite until they are loaded. */
export function useTrainingCount(): number {
  return useLabState(({ data }) => data?.trainCount ?? Number.POSITIVE_INFINITY);
}

/** The view of a figure, and what chooses another. Beside the curves it is the pinned one, so that every pin decides it. */
export function useFigureView<View extends string>(
  name: FigureName,
  compact: boolean,
  views: readonly View[],
  first: View,
): readonly [View, (view: View) => void] {
  const insight = useInsight();
  const pinned = useInsightState((state) => state.pinnedView);
  const [chosen, choose] = useState(first);
  if (!compact) return [chosen, choose];
  return [views.find((view) => view === pinned) ?? first, (view) => insight.pin(name, view)];
}

/** What was measured in a net, and the net's spec. */
export interface MeasuredNet<Result> extends Measured<Result> {
  readonly spec: NetSpec;
}

/** A probe of several lanes, now and where `compares` at step 0, kept up to date while `active`. */
export function useMeasured<Name extends ProbeName>(
  lanes: readonly LaneSpec[],
  name: Name,
  active: boolean,
  compares: boolean,
): { readonly measured: readonly MeasuredNet<ResultOf<Name>>[]; readonly answers: readonly Measurement[] } {
  const request: ProbeRequest = PROBES[name].defaults;
  const names = useMemo(() => lanes.map((lane) => lane.name), [lanes]);
  const answers = useProbe(names, request, active);
  const drawn = useDrawnNet();
  // A lane at step 0 needs no second measurement.
  const begun = compares && answers.some(({ now }) => now !== null && now.step > 0);
  const starts = useProbe(names, request, active && begun, true);
  const measured = lanes.flatMap((lane, index): readonly MeasuredNet<ResultOf<Name>>[] => {
    const [now = null, first = null] = [answers[index]?.now, compares ? starts[index]?.now : null];
    if (!isProbe(now, name)) return [];
    const before = isProbe(first, name) && first.step < now.step ? first : null;
    return [{ net: drawn(lane), spec: lane.net, now, before }];
  });
  return { measured, answers: begun ? [...starts, ...answers] : answers };
}

/** A study of several lanes that takes seconds, and runs when the visitor asks for it. */
export interface Study {
  readonly answers: readonly Measurement[];
  readonly running: boolean;
  readonly run: () => void;
  readonly cancel: () => void;
}

/** A study that runs once by itself when its figure opens, and again when asked to. */
export function useStudy(lanes: readonly string[], inquire: (lane: string) => Inquiry): Study {
  const insight = useInsight();
  const inquiries = useMemo(() => lanes.map(inquire), [lanes, inquire]);
  const answers = useMeasurements(inquiries);
  const ready = useLabState((state) => state.open);
  const first = useRef(true);
  useEffect(() => {
    if (!ready) return;
    const known = insight.store.getState().answers;
    if (first.current && !inquiries.some((inquiry) => known.has(inquiryKey(inquiry)))) insight.run(inquiries);
    first.current = false;
  }, [insight, inquiries, ready]);
  return {
    answers,
    running: answers.some(({ running }) => running),
    run: useCallback(() => {
      insight.run(inquiries);
    }, [insight, inquiries]),
    cancel: useCallback(() => insight.cancel(inquiries), [insight, inquiries]),
  };
}

/** The chosen image that goes through the block: the last shown one where the data set has none of that number. */
export function useProbedImage(): ProbedImage {
  const choice = useInsightState((state) => state.image);
  const own = useOwnImageState((state) => state.picture);
  const shown = useLabState(({ data }) => data?.shown.length ?? Number.POSITIVE_INFINITY);
  return choice === 'own' ? (own ?? 0) : Math.max(0, Math.min(choice, shown - 1));
}

/**
 * The answers about one image in a block of a lane. If `holds`, the last image's maps of that block stay until the next ones
 * arrive: a drawing is another image with every stroke, and the figure must not go blank in between.
 */
export function useHeldMaps(
  [answer, ...others]: readonly Measurement[],
  of: Pick<FeaturesResult, 'lane' | 'block'>,
  holds: boolean,
): readonly Measurement[] {
  const race = useLabState((state) => state.race);
  const [held, setHeld] = useState<{ readonly race: number; readonly result: FeaturesResult } | null>(null);
  if (answer === undefined) return others;
  const { now } = answer;
  if (isProbe(now, 'features')) {
    if (held?.result !== now) setHeld({ race, result: now });
    return [answer, ...others];
  }
  const isSame = held?.race === race && held.result.lane === of.lane && held.result.block === of.block;
  return holds && isSame ? [{ ...answer, now: held.result }, ...others] : [answer, ...others];
}
