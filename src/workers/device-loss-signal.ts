import type { OnBroken } from '../engine/device/webgpu.ts';

type DeviceFailure = Parameters<OnBroken>[0];

/** The loss signal of one device: fires once, when the device is lost or broken. */
export class DeviceLossSignal {
  #error: DeviceFailure | null = null;
  readonly #waiting = new Set<(error: DeviceFailure) => void>();
  readonly #onBroken: () => void;

  constructor(onBroken: () => void) {
    this.#onBroken = onBroken;
  }

  get error(): DeviceFailure | null {
    return this.#error;
  }

  /** How many pieces of work are awaited now. */
  get waiting(): number {
    return this.#waiting.size;
  }

  readonly onBroken = (error: DeviceFailure): void => {
    if (this.#error !== null) return;
    this.#error = error;
    for (const reject of this.#waiting) reject(error);
    this.#waiting.clear();
    this.#onBroken();
  };

  /**
   * The result of `work`; rejects with how the device went, without waiting for the work, which may never end then.
   *
   * `Promise.race` with a promise that lives as long as the device would keep each result as long.
   */
  orLost<T>(work: Promise<T>): Promise<T> {
    if (this.#error !== null) {
      // Nothing else handles its rejection.
      work.catch(() => {});
      return Promise.reject(this.#error);
    }
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      work.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }
}
