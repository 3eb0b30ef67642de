import { isWithdrawn } from '../../workers/rpc.ts';

/** What was asked of a worker that has been given up since, with what it held in memory. */
export class ReleasedError extends Error {
  override readonly name = 'Released';
}

/** Whether a failure is a person's wish, which is not told. */
export function isWished(failure: unknown): boolean {
  return failure instanceof ReleasedError || isWithdrawn(failure);
}

/**
 * What is given, which takes the browser a while where it is a large folder. Null where it is not wanted any more, also where
 * it cannot be read: so what is given last counts, not what has come last.
 */
export async function stillWanted<Given>(given: Promise<Given>, signal: AbortSignal): Promise<Given | null> {
  try {
    const found = await given;
    return signal.aborted ? null : found;
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}
