import type { LesionRequest, LesionResult } from '../../core/results/lesion.ts';
import type { Picture } from '../../core/results/report.ts';
import type { OnFailure } from '../race/handled.ts';
import type { ProbeName, ProbeRequest, ProbeResult, ResultOf } from './probes/probes.ts';

/** A lesion study or a probe of a lane. */
export type Inquiry =
  /** `atStart`: of the net as it was at step 0, which never changes. */
  | { readonly kind: 'probe'; readonly lane: string; readonly request: ProbeRequest; readonly atStart?: boolean }
  | { readonly kind: 'lesion'; readonly lane: string; readonly request: LesionRequest };

export type InquiryResult = ProbeResult | LesionResult;

/** Cancellation and progress of a measurement. */
export interface Listening<Result> {
  /** Cancels the measurement. */
  readonly signal: AbortSignal;
  /** Receives the partial result so far. */
  readonly onPart: (part: Result) => void;
}

/** Runs measurements, which reject with an error whose message is a sentence for the page. */
export interface Asker {
  readonly showFailure: OnFailure;
  probe(
    lane: string,
    request: ProbeRequest,
    listening: Listening<ProbeResult> & { readonly atStart: boolean },
  ): PromiseLike<ProbeResult>;
  lesion(lane: string, request: LesionRequest, listening: Listening<LesionResult>): PromiseLike<LesionResult>;
}

/** Pictures are told apart by what they are, not by their many bytes: each is given the next number. */
const numbers = new WeakMap<object, number>();
let pictures = 0;

function numberOf(picture: object): number {
  const number = numbers.get(picture) ?? ++pictures;
  numbers.set(picture, number);
  return number;
}

/** A cache key that is equal for equal inquiries only. Pictures are compared by identity. */
export function inquiryKey(inquiry: Inquiry): string {
  const { kind, lane, request } = inquiry;
  const picture = pictureIn(inquiry);
  const short = picture === null ? request : { ...request, image: `picture ${numberOf(picture)}` };
  return JSON.stringify([kind, lane, short, isOfStart(inquiry)]);
}

/** The picture that an inquiry is about, if it is not of the data set; else null. */
export function pictureIn({ request }: Inquiry): Picture | null {
  return 'image' in request && typeof request.image === 'object' ? request.image : null;
}

/** Whether it measures the lane at step 0, so that its answer never changes. */
export function isOfStart(inquiry: Inquiry): boolean {
  return inquiry.kind === 'probe' && inquiry.atStart === true;
}

export function isProbe<Name extends ProbeName>(result: InquiryResult | null, name: Name): result is ResultOf<Name> {
  return result !== null && 'name' in result && result.name === name;
}

export function isLesion<Study extends LesionResult['study']>(
  result: InquiryResult | null,
  study: Study,
): result is Extract<LesionResult, { readonly study: Study }> {
  return result !== null && 'study' in result && result.study === study;
}
