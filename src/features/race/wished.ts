/** What was asked of a worker that has been given up since, with what it held in memory. */
export class ReleasedError extends Error {
  override readonly name = 'Released';
}

/** Names of errors that are a person's wish. */
const WISHED = ['Released', 'Withdrawn'];

/** Whether a failure is a person's wish, which is not told. */
export function isWished(failure: unknown): boolean {
  return failure instanceof Error && WISHED.includes(failure.name);
}
