/** A WebGPU device that can be asked for, and computes nothing. */
export class FakeGpuDevice {
  readonly lost = new Promise<never>(() => {});
  readonly #listeners: ((event: { readonly error: Error }) => void)[] = [];

  /** Whether its errors are listened to. */
  get heard(): boolean {
    return this.#listeners.length > 0;
  }

  addEventListener(_: string, listen: (event: { readonly error: Error }) => void): void {
    this.#listeners.push(listen);
  }

  destroy(): void {}

  /** Reports an error, after which it is no longer used. */
  break(): void {
    for (const listen of this.#listeners) listen({ error: new Error('broken') });
  }
}

/** What a browser's `navigator` offers where its adapter gives this device. */
export function navigatorWith(device: Promise<FakeGpuDevice>): object {
  const adapter = {
    info: { vendor: 'acme', architecture: '', description: '', isFallbackAdapter: false },
    features: new Set(),
    limits: {},
    requestDevice: () => device,
  };
  return { gpu: { requestAdapter: () => Promise.resolve(adapter) } };
}
