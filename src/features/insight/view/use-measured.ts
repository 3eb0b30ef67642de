import { useMemo } from 'react';
import type { Measured } from '../../../charts/panels/measured.ts';
import type { LaneSpec } from '../../../core/experiment/experiment.ts';
import { isProbe } from '../inquiry.ts';
import type { Answer } from '../inside-state.ts';
import type { ProbeName, ProbeRequest, ResultOf } from '../probes/probes.ts';
import { useProbe } from '../use-inside.ts';
import { netOf } from './nets.ts';

export interface ProbeFigure<Name extends ProbeName> {
  readonly measured: readonly Measured<ResultOf<Name>>[];
  readonly answers: readonly Answer[];
}

/** A probe of several lanes as a figure shows it, kept up to date while it is looked at. */
export function useMeasured<Name extends ProbeName>(
  lanes: readonly LaneSpec[],
  name: Name,
  request: ProbeRequest,
  active: boolean,
): ProbeFigure<Name> {
  const names = useMemo(() => lanes.map((lane) => lane.name), [lanes]);
  const answers = useProbe(names, request, active);
  // Nets that stand at step 0 are their own beginning.
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
