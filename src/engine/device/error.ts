import type { BackendName } from '../../core/experiment/device.ts';

/** A backend cannot be used; the message says which, why and what to do. */
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

/** A working device was lost, with all tensors on it. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';

  constructor(
    readonly backend: BackendName,
    /** The browser's message, which may be empty. */
    readonly reason: string,
  ) {
    super(`backend ${backend}: the device was lost (${reason || 'the browser does not say why'}); press Reset`);
  }
}
