/** A net's file of weights, or the beginning of one, as the browser keeps it. */
export interface KeptWeights {
  /** On Hugging Face. */
  readonly repository: string;
  /** Bytes that are there. */
  readonly bytes: number;
  /** Bytes of the whole file; null where its server did not say. */
  readonly total: number | null;
}

/** Whether nothing need be fetched any more. */
export function isWhole({ bytes, total }: KeptWeights): boolean {
  return bytes === total;
}
