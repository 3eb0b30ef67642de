import type { Failure } from './protocol.ts';

/** An error as it crosses the wall. */
export function failureOf(error: unknown): Failure {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: `training worker: ${String(error)}` };
}
