import type { BackendName } from '../../spec/device.ts';

/** A backend that cannot be used, and why. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError';

  constructor(
    readonly backend: BackendName,
    readonly reason: string,
    remedy = 'choose another backend or "auto"',
  ) {
    super(`backend ${backend}: ${reason}; ${remedy}`);
  }
}
