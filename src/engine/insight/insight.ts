import type { ProbeRequest, ProbeResult } from '../../probes/probes.ts';
import type { LesionRequest, LesionResult } from '../../spec/lesion.ts';
import type { Inquiry } from './inquiry.ts';
import type { Checkpoint } from './landscape/path-plane.ts';
import { studyLesions } from './lesions/study.ts';
import { probe } from './probes/probes.ts';
import { type Model, makeSubject, type Subject } from './subject.ts';

/**
 * Looks into a lane as it is at the call, while training goes on. It works on a copy, and leaves nothing behind on the
 * device, however it ends.
 */
export class Insight {
  readonly #subject: Subject;

  constructor(model: Model) {
    this.#subject = makeSubject(model);
  }

  lesion(request: LesionRequest, inquiry: Inquiry<LesionResult>): Promise<LesionResult> {
    return studyLesions(this.#subject, request, inquiry).finally(() => this.#subject.weights.dispose());
  }

  probe(
    request: ProbeRequest,
    inquiry: Inquiry<ProbeResult>,
    checkpoints: readonly Checkpoint[] = [],
  ): Promise<ProbeResult> {
    const found = probe(this.#subject, request, inquiry, checkpoints);
    return found.finally(() => this.#subject.weights.dispose());
  }
}
