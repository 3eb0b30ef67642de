import type { Picture } from '../../core/data/images.ts';
import type { LesionRequest, LesionResult } from '../../core/results/lesion.ts';
import type { Phrase } from '../../language/sentence.ts';
import type { ProbeName, ProbeRequest, ProbeResult, ResultOf } from './probes/probes.ts';

/** A measurement of one lane: a probe, or a lesion study. */
export type Inquiry =
  /** `atStart`: measures the net as it was at step 0, which never changes. */
  | { readonly type: 'probe'; readonly lane: string; readonly request: ProbeRequest; readonly atStart?: boolean }
  | { readonly type: 'lesion'; readonly lane: string; readonly request: LesionRequest };

export type InquiryResult = ProbeResult | LesionResult;

/** The state of a measurement. */
export interface Measurement {
  /** The latest result, which may be partial; null before the first. */
  readonly now: InquiryResult | null;
  /** Whether that is all of what was asked for last: not while it runs, nor where it failed or was cancelled. */
  readonly whole: boolean;
  readonly running: boolean;
  /** Why the last attempt failed, as a sentence; null if it did not. */
  readonly failure: Phrase | null;
}

export const NOT_MEASURED: Measurement = { now: null, whole: false, running: false, failure: null };

/** Pictures are compared by identity, not by their bytes: each gets the next number. */
const numbers = new WeakMap<object, number>();
let pictures = 0;

function numberOf(picture: object): number {
  const number = numbers.get(picture) ?? ++pictures;
  numbers.set(picture, number);
  return number;
}

/** A cache key that is equal for equal inquiries only. Pictures are compared by identity. */
export function inquiryKey(inquiry: Inquiry): string {
  const { type, lane, request } = inquiry;
  const picture = pictureIn(inquiry);
  const short = picture === null ? request : { ...request, image: `picture ${numberOf(picture)}` };
  return JSON.stringify([type, lane, short, isAtStart(inquiry)]);
}

/** The lane of the inquiry that has this key. */
export function laneOfKey(key: string): string {
  const [, lane]: readonly [type: string, lane: string, ...unknown[]] = JSON.parse(key);
  return lane;
}

/** The picture that an inquiry is about, if it is not one of the data set; else null. */
export function pictureIn({ request }: Inquiry): Picture | null {
  return 'image' in request && typeof request.image === 'object' ? request.image : null;
}

/** Whether it measures the lane at step 0, so that its result never changes. */
export function isAtStart(inquiry: Inquiry): boolean {
  return inquiry.type === 'probe' && inquiry.atStart === true;
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
