import type { InquiryResult } from './inquiry.ts';

/** What came of an inquiry so far. */
export interface Answer {
  /** The latest, perhaps not whole yet. */
  readonly now: InquiryResult | null;
  readonly running: boolean;
  /** Why there is no newer one. */
  readonly failure: string | null;
}

export const NO_ANSWER: Answer = { now: null, running: false, failure: null };

/** What the page looks into, and what it has seen. */
export interface InsideState {
  /** By `inquiryKey`. A new race forgets all. */
  readonly answers: ReadonlyMap<string, Answer>;
  /** The lanes that were chosen; null for a choice by default. */
  readonly lanes: readonly string[] | null;
  /** The block that was chosen, counted from 1; null for a choice by default. */
  readonly block: { readonly lane: string; readonly block: number } | null;
  /** Whether what is looked at is measured again as training goes on. */
  readonly live: boolean;
}

export const initialInside: InsideState = { answers: new Map(), lanes: null, block: null, live: true };
