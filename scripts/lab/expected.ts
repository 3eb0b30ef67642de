import { SaidError } from '../../src/language/sentence.ts';
import { LabError } from './error.ts';

/** Whether an error says in one sentence what is wrong with the order, the data or the device, and needs no stack. */
export function isExpected(error: unknown): error is Error {
  return error instanceof LabError || error instanceof SaidError;
}
