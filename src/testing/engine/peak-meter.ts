import { engine } from '@tensorflow/tfjs-core';

/** The most bytes of tensors that tfjs held at once while `run` ran. */
export function peakBytes(run: () => void): number {
  const { state } = engine();
  let now = state.numBytes;
  let most = now;
  Object.defineProperty(state, 'numBytes', {
    configurable: true,
    enumerable: true,
    get: () => now,
    set: (bytes: number) => {
      now = bytes;
      most = Math.max(most, now);
    },
  });
  try {
    run();
  } finally {
    Object.defineProperty(state, 'numBytes', { configurable: true, enumerable: true, writable: true, value: now });
  }
  return most;
}
