/** Resolves after this time; without one, when all that waits by now, such as messages, has had its turn. */
export function wait(milliseconds = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
