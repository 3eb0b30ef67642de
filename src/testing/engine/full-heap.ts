import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { backend } from '@tensorflow/tfjs-core';
import { expect, vi } from 'vitest';
import { allocate } from '../../engine/kernels/wasm/thread-pool.ts';

/** The heap of the current wasm backend, which can be told to be full. */
export interface FullHeap {
  readonly wasm: BackendWasm['wasm'];
  /** Has the nth allocation from now on, counted from 0, find no room; none where it is null. Counts from 0 again. */
  refuse(nth: number | null): void;
  /** Allocations since then. */
  readonly asked: number;
}

/** Spies on allocations until mocks are restored. */
export function spyOnHeap(): FullHeap {
  const current = backend();
  const { wasm } = current instanceof BackendWasm ? current : expect.fail('not wasm');
  const real = wasm._malloc;
  let asked = 0;
  let refused: number | null = null;
  // Below the check for a full heap, as where memory cannot grow.
  const malloc = (bytes: number) => (asked++ === refused ? 0 : real(bytes));
  vi.spyOn(wasm, '_malloc').mockImplementation((bytes) => allocate({ wasm: { _malloc: malloc } }, bytes));
  return {
    wasm,
    refuse(nth) {
      refused = nth;
      asked = 0;
    },
    get asked() {
      return asked;
    },
  };
}
