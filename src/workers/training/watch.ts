import type { OnBroken } from '../../engine/device/webgpu.ts';

type DeviceFailure = Parameters<OnBroken>[0];

/** The loss signal of one device: fires once, when the device is lost or broken. */
export class Watch {
  /** Rejects when the device is lost or broken; never resolves. */
  readonly gone: Promise<never>;
  #error: DeviceFailure | null = null;
  readonly #reject: (error: DeviceFailure) => void;
  readonly #onBroken: () => void;

  constructor(onBroken: () => void) {
    let reject: (error: DeviceFailure) => void = () => {};
    this.gone = new Promise<never>((_, fail) => {
      reject = fail;
    });
    // Without it, a loss while nothing awaits `gone` would be an unhandled rejection.
    this.gone.catch(() => {});
    this.#reject = reject;
    this.#onBroken = onBroken;
  }

  get error(): DeviceFailure | null {
    return this.#error;
  }

  readonly onBroken = (error: DeviceFailure): void => {
    if (this.#error !== null) return;
    this.#error = error;
    this.#reject(error);
    this.#onBroken();
  };
}
