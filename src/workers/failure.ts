import type { SerializedError } from '../core/results/report.ts';

export function failureOf(error: unknown): SerializedError {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: `worker: ${String(error)}` };
}

/** An error that a worker's method threw, on the page. */
export class RemoteError extends Error {
  constructor({ name, message }: SerializedError) {
    super(message);
    this.name = name;
  }
}

/** The caller cancelled the call. */
export class Withdrawn extends Error {
  override readonly name = 'Withdrawn';
  constructor() {
    super('question: it was withdrawn');
  }
}
