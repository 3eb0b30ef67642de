/** Scheduling hooks of a long measurement. */
export interface Inquiry<Part> {
  /** Yields to training; called between pieces that last a few training steps at most. Rejects if it was cancelled. */
  turn(): Promise<void>;
  /** Receives the partial result so far. */
  onPart(part: Part): void;
}

/** Hooks that never wait and drop partial results, for measurements while nothing trains. */
export const AT_ONCE: Inquiry<unknown> = { turn: () => Promise.resolve(), onPart: () => {} };
