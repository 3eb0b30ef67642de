/** How a question that takes a while gets along with others. */
export interface Inquiry<Part> {
  /** Lets others work, between pieces of a few training steps at most. Rejects where the question was withdrawn. */
  turn(): Promise<void>;
  /** Hears of what is there so far. */
  onPart(part: Part): void;
}

/** For who has nothing else to do. */
export const AT_ONCE: Inquiry<unknown> = { turn: () => Promise.resolve(), onPart: () => {} };
