import { isWithdrawn } from '../../workers/rpc.ts';

/** What was asked of a worker that has been given up since, with what it held in memory. */
export class ReleasedError extends Error {
  override readonly name = 'Released';
}

/** Whether a failure is a person's wish, which is not told. */
export function isWished(failure: unknown): boolean {
  return failure instanceof ReleasedError || isWithdrawn(failure);
}
