import type { BackendChoice, DeviceInfo } from '../../core/experiment/device.ts';
import { wait } from '../../core/wait.ts';
import { type DeviceOptions, startDevice } from '../../engine/device/device.ts';
import { DeviceError, DeviceLostError } from '../../engine/device/error.ts';
import { type Phrase, sentence } from '../../language/sentence.ts';
import { DeviceLossSignal } from '../device-loss-signal.ts';

export interface DeviceManagerOptions {
  /** Replaces `startDevice` in tests. */
  readonly start?: typeof startDevice;
  readonly wasmPaths?: DeviceOptions['wasmPaths'];
  readonly onStarting: () => void;
  readonly onStarted: (info: DeviceInfo) => void;
  readonly onLost: () => void;
  /** Called when the device reports an error, after which no tensor on it can be trusted. */
  readonly onBroken: (error: DeviceError) => void;
}

interface RunningDevice {
  readonly choice: BackendChoice;
  readonly info: DeviceInfo;
  readonly signal: DeviceLossSignal;
}

const MINUTE = 60_000;

/** Losses within a minute after which a backend is no longer tried. */
const MOST_LOSSES = 3;

/** Milliseconds to wait for the reason of a failed read: the browser may report the loss later. */
const REASON_TIMEOUT = 1000;

/** Manages the device that the race runs on, and starts another one when it is lost. */
export class DeviceManager {
  readonly #options: DeviceManagerOptions;
  #current: RunningDevice | null = null;
  /** The signal of the device that was started last, whether or not it came up. */
  #startedLast: DeviceLossSignal | null = null;
  #lost: { readonly choice: BackendChoice; readonly error: DeviceLostError } | null = null;
  #losses: readonly number[] = [];
  /** Why there is no device. */
  #failure: Error = new Error('device: none was started');

  constructor(options: DeviceManagerOptions) {
    this.#options = options;
  }

  /** The current device, as an argument of `backTo`; null if there is none. */
  get current(): RunningDevice | null {
    return this.#current;
  }

  /** How the device was lost; null if none was, or another one is running. */
  get loss(): DeviceLostError | null {
    return this.#lost?.error ?? null;
  }

  /** Starts the chosen device, unless it is running. Rejects with a `DeviceError`. */
  async start(choice: BackendChoice): Promise<DeviceInfo> {
    if (this.#current?.choice === choice) return this.#current.info;
    return this.#begin(choice, []);
  }

  /**
   * Starts a device in place of the one that was lost: of the same choice, or the next best if that fails or was lost
   * too often. Rejects with a `DeviceError`; where none was lost, with the reason why there is none.
   */
  async replace(): Promise<DeviceInfo> {
    if (this.#lost === null) throw this.#failure;
    const { choice, error } = this.#lost;
    const { backend } = error;
    const recent = this.#losses.filter((time) => performance.now() - time < MINUTE).length;
    if (recent >= MOST_LOSSES) {
      return this.#begin('wasm', [{ backend, reason: sentence('errors.device.lostOften', { count: recent }) }]);
    }
    try {
      return await this.#begin(choice, []);
    } catch (cause) {
      const named = cause instanceof DeviceError || cause instanceof DeviceLostError;
      const reason = named ? cause.reason : String(cause);
      return this.#begin('wasm', [{ backend, reason }]);
    }
  }

  /** Counts the current device as lost: one of the workers that it computes in has ended. */
  lose(reason: Phrase): void {
    if (this.#current === null) return;
    this.#current.signal.onBroken(new DeviceLostError(this.#current.info.backend, reason));
  }

  /**
   * Makes an earlier device current again; it may have been lost meanwhile. Resolves with whether it was started again,
   * since another one had been.
   */
  async backTo(before: RunningDevice): Promise<boolean> {
    const isCurrent = this.#current === before;
    this.#current = before;
    if (before.signal.error !== null) {
      this.#hear(before.signal);
      return false;
    }
    if (this.#startedLast === before.signal) return false;
    await this.#startDevice(before.info.backend, before.signal);
    if (!isCurrent) this.#options.onStarted(before.info);
    return true;
  }

  /**
   * The result of `work`. Rejects with a `DeviceLostError` or `DeviceError` as soon as the device is lost or broken.
   * It then does not wait for the work: a read from a lost device may never settle.
   */
  async orDeviceLost<T>(work: Promise<T>): Promise<T> {
    if (this.#current === null) {
      // Nothing else handles its rejection.
      work.catch(() => {});
      throw this.#failure;
    }
    const { info, signal } = this.#current;
    try {
      return await signal.orLost(work);
    } catch (error) {
      if (info.backend === 'webgpu' && signal.error === null) await signal.orLost(wait(REASON_TIMEOUT)).catch(() => {});
      throw signal.error ?? error;
    }
  }

  async #begin(choice: BackendChoice, passedOver: DeviceInfo['passedOver']): Promise<DeviceInfo> {
    this.#options.onStarting();
    const signal = new DeviceLossSignal(() => this.#hear(signal));
    const started = await this.#startDevice(choice, signal);
    if (signal.error !== null) throw signal.error;
    const info = { ...started, passedOver: [...passedOver, ...started.passedOver] };
    this.#current = { choice: passedOver.length > 0 ? info.backend : choice, info, signal };
    this.#lost = null;
    this.#options.onStarted(info);
    return info;
  }

  /** Ignores losses of a device that is no longer current. */
  #hear({ error }: DeviceLossSignal): void {
    if (this.#current === null || error === null || error !== this.#current.signal.error) return;
    const { choice } = this.#current;
    this.#current = null;
    this.#failure = error;
    if (error instanceof DeviceError) {
      this.#options.onBroken(error);
      return;
    }
    this.#lost = { choice, error };
    this.#losses = [...this.#losses, performance.now()];
    this.#options.onLost();
  }

  #startDevice(choice: BackendChoice, signal: DeviceLossSignal): Promise<DeviceInfo> {
    this.#startedLast = signal;
    const { onBroken } = signal;
    const { start = startDevice, wasmPaths } = this.#options;
    return start(choice, wasmPaths === undefined ? { onBroken } : { onBroken, wasmPaths });
  }
}
