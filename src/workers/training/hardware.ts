import type { BackendChoice, DeviceInfo } from '../../core/experiment/device.ts';
import { type DeviceOptions, startDevice } from '../../engine/device/device.ts';
import { DeviceError, DeviceLostError } from '../../engine/device/error.ts';
import { Watch } from './watch.ts';

export interface HardwareOptions {
  /** Replaces `startDevice` in tests. */
  readonly start?: typeof startDevice;
  readonly wasmPaths?: DeviceOptions['wasmPaths'];
  readonly onStarting: () => void;
  readonly onStarted: (info: DeviceInfo) => void;
  readonly onLost: () => void;
  /** Called when the device reports an error, after which no tensor on it can be trusted. */
  readonly onBroken: (error: DeviceError) => void;
}

interface Standing {
  readonly choice: BackendChoice;
  readonly info: DeviceInfo;
  readonly watch: Watch;
}

const MINUTE = 60_000;

/** Losses within a minute after which a backend is no longer tried. */
const MOST_LOSSES = 3;

/** Milliseconds to wait for the reason of a failed read: the browser may report the loss later. */
const PATIENCE = 1000;

/** Manages the device that the race runs on, and starts another one when it is lost. */
export class Hardware {
  readonly #options: HardwareOptions;
  #standing: Standing | null = null;
  #lost: { readonly choice: BackendChoice; readonly error: DeviceLostError } | null = null;
  #losses: readonly number[] = [];
  /** Why there is no device. */
  #failure: Error = new Error('device: none was started');

  constructor(options: HardwareOptions) {
    this.#options = options;
  }

  /** The current device, as an argument of `backTo`; null if there is none. */
  get standing(): Standing | null {
    return this.#standing;
  }

  /** How the device was lost; null if none was, or another one is running. */
  get loss(): DeviceLostError | null {
    return this.#lost?.error ?? null;
  }

  /** Starts the chosen device, unless it is running. Rejects with a `DeviceError`. */
  async start(choice: BackendChoice): Promise<DeviceInfo> {
    if (this.#standing?.choice === choice) return this.#standing.info;
    return this.#begin(choice, []);
  }

  /**
   * Starts a device in place of the one that was lost: of the same choice, or the next best if that fails or was lost
   * too often. Rejects with a `DeviceError`.
   */
  async replace(): Promise<DeviceInfo> {
    if (this.#lost === null) throw new Error('device: none was lost');
    const { choice, error } = this.#lost;
    const { backend } = error;
    const recent = this.#losses.filter((time) => performance.now() - time < MINUTE).length;
    if (recent >= MOST_LOSSES) {
      return this.#begin('wasm', [{ backend, reason: `its device was lost ${recent} times within a minute` }]);
    }
    try {
      return await this.#begin(choice, []);
    } catch (cause) {
      const named = cause instanceof DeviceError || cause instanceof DeviceLostError;
      const reason = named ? cause.reason : String(cause);
      return this.#begin('wasm', [{ backend, reason }]);
    }
  }

  /** Makes an earlier device current again; it may have been lost meanwhile. */
  async backTo(before: Standing): Promise<void> {
    const stands = this.#standing === before;
    this.#standing = before;
    if (before.watch.error !== null) {
      this.#hear(before.watch);
      return;
    }
    await this.#startDevice(before.info.backend, before.watch);
    if (!stands) this.#options.onStarted(before.info);
  }

  /**
   * The result of `work`. Rejects with a `DeviceLostError` or `DeviceError` as soon as the device is lost or broken.
   * It then does not wait for the work: a read from a lost device may never settle.
   */
  async whileItLasts<T>(work: Promise<T>): Promise<T> {
    if (this.#standing === null) throw this.#failure;
    const { info, watch } = this.#standing;
    try {
      return await Promise.race([work, watch.gone]);
    } catch (error) {
      if (info.backend === 'webgpu' && watch.error === null) await Promise.race([watch.gone, moment(PATIENCE)]);
      throw watch.error ?? error;
    }
  }

  async #begin(choice: BackendChoice, passedOver: DeviceInfo['passedOver']): Promise<DeviceInfo> {
    this.#options.onStarting();
    const watch = new Watch(() => this.#hear(watch));
    const started = await this.#startDevice(choice, watch);
    if (watch.error !== null) throw watch.error;
    const info = { ...started, passedOver: [...passedOver, ...started.passedOver] };
    this.#standing = { choice: passedOver.length > 0 ? info.backend : choice, info, watch };
    this.#lost = null;
    this.#options.onStarted(info);
    return info;
  }

  /** Ignores losses of a device that is no longer current. */
  #hear({ error }: Watch): void {
    if (this.#standing === null || error === null || error !== this.#standing.watch.error) return;
    const { choice } = this.#standing;
    this.#standing = null;
    this.#failure = error;
    if (error instanceof DeviceError) {
      this.#options.onBroken(error);
      return;
    }
    this.#lost = { choice, error };
    this.#losses = [...this.#losses, performance.now()];
    this.#options.onLost();
  }

  #startDevice(choice: BackendChoice, { onBroken }: Watch): Promise<DeviceInfo> {
    const { start = startDevice, wasmPaths } = this.#options;
    return start(choice, wasmPaths === undefined ? { onBroken } : { onBroken, wasmPaths });
  }
}

function moment(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
