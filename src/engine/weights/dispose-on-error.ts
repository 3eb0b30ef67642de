import { engine } from '@tensorflow/tfjs-core';

/**
 * The result of `work`, which is synchronous. Where it throws, such as for want of room, all tensors that it made are
 * disposed of, so that less than it asked for has room; where it does not, they are its owners'.
 */
export function disposeOnError<T>(work: () => T): T {
  engine().startScope();
  let made: T;
  try {
    made = work();
  } catch (error) {
    engine().endScope();
    throw error;
  }
  engine().endScope(engine().state.activeScope.track.filter(({ isDisposed }) => !isDisposed));
  return made;
}
