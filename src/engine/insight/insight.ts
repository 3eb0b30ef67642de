import type { LesionRequest, LesionResult } from '../../core/results/lesion.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import type { ProbeRequest, ProbeResult } from '../../features/insight/probes/probes.ts';
import type { Lane } from '../training/lane.ts';
import { disposeOnError } from '../weights/dispose-on-error.ts';
import { studyLesions } from './lesions/study.ts';
import type { MeasurementHooks } from './measurement.ts';
import type { Checkpoint } from './probes/landscape-plane.ts';
import { probe } from './probes/probes.ts';
import { type InitialValues, makeSubject, type Subject, type SubjectSource } from './subject.ts';

/**
 * Measures a lane at its step at the time of the call, while training goes on: it works on a copy, and frees all its
 * tensors on the device, whether it succeeds or fails.
 */
export class Insight {
  readonly #subject: Subject;

  constructor(model: SubjectSource) {
    this.#subject = disposeOnError(() => makeSubject(model));
  }

  lesion(request: LesionRequest, hooks: MeasurementHooks<LesionResult>): Promise<LesionResult> {
    return studyLesions(this.#subject, request, hooks).finally(() => this.#subject.weights.dispose());
  }

  probe(
    request: ProbeRequest,
    hooks: MeasurementHooks<ProbeResult>,
    checkpoints: readonly Checkpoint[] = [],
  ): Promise<ProbeResult> {
    const found = probe(this.#subject, request, hooks, checkpoints);
    return found.finally(() => this.#subject.weights.dispose());
  }
}

/** An `Insight` into a copy of a lane at its present step. */
export function insightOf({ spec, model, net, steps }: Lane, data: RaceData, initial: InitialValues): Insight {
  return new Insight({
    lane: spec.name,
    step: steps,
    net,
    data,
    initial,
    stateTensors: model.stateTensors(),
    gains: model.gains,
  });
}
