import type {
  ProbeName,
  ProbeRequest,
  ProbeRequestOf,
  ProbeResult,
  ResultOf,
} from '../../../features/insight/probes/probes.ts';
import type { MeasurementHooks } from '../measurement.ts';
import type { Subject } from '../subject.ts';
import { probeBranches } from './branches.ts';
import { probeCorrelation } from './correlation.ts';
import { probeFeatures } from './features.ts';
import { probeGradients } from './gradients.ts';
import { probeLandscape } from './landscape.ts';
import type { Checkpoint } from './landscape-plane.ts';
import { probePaths } from './paths.ts';
import { probeResponses } from './responses.ts';
import { probeShattering } from './shattering.ts';

/** Measures one probe inside a lane's copy. It leaves no tensor behind, however it ends. */
type Measure<Name extends ProbeName> = (
  subject: Subject,
  request: ProbeRequestOf<Name>,
  hooks: MeasurementHooks<ResultOf<Name>>,
  /** Kept snapshots of the lane, earlier than the subject's step. */
  checkpoints: readonly Checkpoint[],
) => Promise<ResultOf<Name>>;

/** How each probe is measured. What else is known of it is in src/features/insight/probes. */
const MEASURES: { readonly [Name in ProbeName]: Measure<Name> } = {
  gradients: probeGradients,
  responses: probeResponses,
  branches: probeBranches,
  correlation: probeCorrelation,
  shattering: probeShattering,
  paths: probePaths,
  features: probeFeatures,
  landscape: probeLandscape,
};

function measureOf<Name extends ProbeName>(request: ProbeRequestOf<Name>): Measure<Name> {
  return MEASURES[request.name];
}

/** Measures what the request asks for. */
export function probe(
  subject: Subject,
  request: ProbeRequest,
  hooks: MeasurementHooks<ProbeResult>,
  checkpoints: readonly Checkpoint[] = [],
): Promise<ProbeResult> {
  return measureOf(request)(subject, request, hooks, checkpoints);
}
