import type { ProbeRequest, ProbeResult } from '../../spec/probe.ts';
import type { Inquiry } from './inquiry.ts';
import type { Checkpoint } from './landscape/path-plane.ts';
import { probeBranches } from './probes/branches.ts';
import { probeCorrelation } from './probes/correlation.ts';
import { probeFeatures } from './probes/features.ts';
import { probeGradients } from './probes/gradients.ts';
import { probeLandscape } from './probes/landscape.ts';
import { probePaths } from './probes/paths.ts';
import { probeResponses } from './probes/responses.ts';
import { probeShattering } from './probes/shattering.ts';
import type { Subject } from './subject.ts';

/** Runs a probe. Only a landscape over the path reads `checkpoints`, those before the subject's step. */
export function probe(
  subject: Subject,
  request: ProbeRequest,
  inquiry: Inquiry<ProbeResult>,
  checkpoints: readonly Checkpoint[] = [],
): Promise<ProbeResult> {
  switch (request.name) {
    case 'gradients':
      return probeGradients(subject);
    case 'responses':
      return probeResponses(subject);
    case 'branches':
      return probeBranches(subject);
    case 'correlation':
      return probeCorrelation(subject, request, inquiry);
    case 'shattering':
      return probeShattering(subject, request, inquiry);
    case 'paths':
      return probePaths(subject, request, inquiry);
    case 'features':
      return probeFeatures(subject, request);
    case 'landscape':
      return probeLandscape(subject, request, inquiry, checkpoints);
    default:
      return request satisfies never;
  }
}
