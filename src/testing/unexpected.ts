import { expect } from 'vitest';

/** For an action that goes on while its test does, and must not fail. */
export function unexpected(failure: unknown): never {
  return expect.fail(String(failure));
}
