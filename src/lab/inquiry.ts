import type { ProbeName, ProbeRequest, ProbeResult, ResultOf } from '../probes/probes.ts';
import type { LesionRequest, LesionResult } from '../spec/lesion.ts';
import type { Picture } from '../spec/report.ts';
import type { Tell } from './told.ts';

/** Something to be asked of a net's inside. */
export type Inquiry =
  /** `atStart`: of the net as it was at step 0, which never changes. */
  | { readonly kind: 'probe'; readonly lane: string; readonly request: ProbeRequest; readonly atStart?: boolean }
  | { readonly kind: 'lesion'; readonly lane: string; readonly request: LesionRequest };

export type InquiryResult = ProbeResult | LesionResult;

/** How to listen to an answer that takes a while. */
export interface Listening<Result> {
  /** Withdraws the question. */
  readonly signal: AbortSignal;
  /** Hears of what is there so far. */
  readonly onPart: (part: Result) => void;
}

/** Who answers. Rejects with a sentence. */
export interface Asker {
  readonly tell: Tell;
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

/** The same for equal inquiries, and for no others; of two pictures each is its own. */
export function inquiryKey(inquiry: Inquiry): string {
  const { kind, lane, request } = inquiry;
  const picture = pictureIn(inquiry);
  const short = picture === null ? request : { ...request, image: `picture ${numberOf(picture)}` };
  return JSON.stringify([kind, lane, short, isOfStart(inquiry)]);
}

/** The image that it is about where that is not of the data set: such come and go. */
export function pictureIn({ request }: Inquiry): Picture | null {
  return 'image' in request && typeof request.image === 'object' ? request.image : null;
}

/** Whether the answer can never become another one. */
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
