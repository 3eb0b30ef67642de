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

/** A device that worked and is gone, with everything that was on it. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';

  constructor(
    readonly backend: BackendName,
    /** What the browser says of it, in its words; it may say nothing. */
    readonly reason: string,
  ) {
    super(`backend ${backend}: the device was lost (${reason || 'the browser does not say why'}); press Reset`);
  }
}
