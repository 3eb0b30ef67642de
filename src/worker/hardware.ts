import { type DeviceOptions, startDevice } from '../engine/device/device.ts';
import { DeviceError, DeviceLostError } from '../engine/device/error.ts';
import type { BackendChoice, DeviceInfo } from '../spec/device.ts';
import { Watch } from './watch.ts';

export interface HardwareOptions {
  /** Starts devices: `startDevice`, but for tests of losses. */
  readonly start?: typeof startDevice;
  readonly wasmPaths?: DeviceOptions['wasmPaths'];
  readonly onStarting: () => void;
  readonly onStarted: (info: DeviceInfo) => void;
  readonly onLost: () => void;
  /** The device says that it did something wrong: nothing on it can be trusted any more. */
  readonly onBroken: (error: DeviceError) => void;
}

interface Standing {
  readonly choice: BackendChoice;
  readonly info: DeviceInfo;
  readonly watch: Watch;
}

const MINUTE = 60_000;

/** A backend whose device is lost so often within a minute is left. */
const MOST_LOSSES = 3;

/** A read may be refused before the browser tells why. */
const PATIENCE = 1000;

/** The device that the race stands on, and the next one when it is lost. */
export class Hardware {
  readonly #options: HardwareOptions;
  #standing: Standing | null = null;
  #lost: { readonly choice: BackendChoice; readonly error: DeviceLostError } | null = null;
  #losses: readonly number[] = [];
  /** What became of the device that stood last. */
  #failure: Error = new Error('device: none was started');

  constructor(options: HardwareOptions) {
    this.#options = options;
  }

  /** What stands, to be given `backTo`; null where nothing does. */
  get standing(): Standing | null {
    return this.#standing;
  }

  /** How the device was lost; null where one stands again, or none ever was lost. */
  get loss(): DeviceLostError | null {
    return this.#lost?.error ?? null;
  }

  /** Starts the device of this choice, unless it stands already. Throws a `DeviceError`. */
  async start(choice: BackendChoice): Promise<DeviceInfo> {
    if (this.#standing?.choice === choice) return this.#standing.info;
    return this.#begin(choice, []);
  }

  /**
   * Another device instead of the one that was lost: of the same choice, where that does not come or is lost again and
   * again, the next best.
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

  /** Makes a device that stood before the one that stands; it may have been lost since. */
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
   * What comes of the work; where the device goes meanwhile a `DeviceLostError`, or the `DeviceError` that it broke by.
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

  /** One that was left for another may break as it likes. */
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
