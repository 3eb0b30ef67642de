import type { LesionResult } from '../spec/lesion.ts';
import type { ProbeResult } from '../spec/probe.ts';
import type { ImageAnswers } from '../spec/report.ts';
import type { WorkerClient } from '../worker/client.ts';
import type { Finding, Question } from '../worker/protocol.ts';

/** Asks the worker about a lane; resolves with what `resultOf` reads from the answer, and so do the parts before it. */
export type Inquire = <Result>(
  question: Question,
  resultOf: (finding: Finding) => Result,
  onPart?: (part: Result) => void,
  signal?: AbortSignal,
) => Promise<Result>;

export function inquireOf(client: WorkerClient): Inquire {
  return async (question, resultOf, onPart, signal) => {
    const hears = onPart === undefined ? {} : { onPart: (part: Finding) => onPart(resultOf(part)) };
    const options = signal === undefined ? hears : { ...hears, signal };
    return resultOf(await client.inquire(question, options));
  };
}

export function answersOf(finding: Finding): ImageAnswers {
  if (finding.about !== 'image') throw new Error(`worker: it answered about a ${finding.about}, not of an image`);
  return finding.told;
}

export function weightsOf(finding: Finding): Uint8Array<ArrayBuffer> {
  if (finding.about !== 'weights') throw new Error(`worker: it answered about a ${finding.about}, not of weights`);
  return finding.file;
}

export function lesionOf(finding: Finding): LesionResult {
  if (finding.about !== 'lesion') throw new Error(`worker: it answered about a ${finding.about}, not a lesion`);
  return finding.result;
}

export function probeOf(finding: Finding): ProbeResult {
  if (finding.about !== 'probe') throw new Error(`worker: it answered about a ${finding.about}, not a probe`);
  return finding.result;
}
