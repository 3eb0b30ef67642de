import { getBackend } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startDevice } from './device.ts';
import { DeviceError } from './error.ts';

describe('without WebGPU', () => {
  test('asking for it fails with its name and the reason', async () => {
    const error: unknown = await startDevice('webgpu').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DeviceError);
    expect(error).toMatchObject({
      name: 'DeviceError',
      backend: 'webgpu',
      message: 'backend webgpu: this browser has no WebGPU; choose another backend or "auto"',
    });
  });

  test('"auto" takes wasm, and says why not WebGPU', async () => {
    const info = await startDevice('auto');
    expect(info).toMatchObject({
      backend: 'wasm',
      adapter: '1 thread',
      passedOver: [{ backend: 'webgpu', reason: 'this browser has no WebGPU' }],
    });
    expect(getBackend()).toBe('wasm');
  });
});

describe('with a WebGPU that cannot be used, "auto" says why and takes wasm:', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const adapter = (info: object, requestDevice = () => Promise.reject(new Error('not asked for'))) => ({
    info: { vendor: '', architecture: '', description: '', isFallbackAdapter: false, ...info },
    features: new Set(),
    limits: {},
    requestDevice,
  });

  test.each([
    { what: 'no adapter', gpu: null, reason: 'the browser offers no graphics adapter' },
    {
      what: 'an adapter in software',
      gpu: adapter({ architecture: 'swiftshader' }),
      reason: expect.stringMatching(/^SwiftShader .* in software/),
    },
    {
      what: 'an adapter that the browser falls back to',
      gpu: adapter({ description: 'Some adapter', isFallbackAdapter: true }),
      reason: expect.stringMatching(/^Some adapter .* in software/),
    },
    {
      what: 'a device that is refused',
      gpu: adapter({ vendor: 'acme' }, () => Promise.reject(new Error('adapter is consumed'))),
      reason: 'Error: adapter is consumed',
    },
  ])('$what', async ({ gpu, reason }) => {
    vi.stubGlobal('navigator', { gpu: { requestAdapter: () => Promise.resolve(gpu) } });
    expect(await startDevice('auto')).toMatchObject({ backend: 'wasm', passedOver: [{ backend: 'webgpu', reason }] });
  });

  test('and a refusal has its name where WebGPU was asked for', async () => {
    vi.stubGlobal('navigator', { gpu: { requestAdapter: () => Promise.reject(new Error('blocked')) } });
    await expect(startDevice('webgpu')).rejects.toThrow(DeviceError);
  });
});

test('one device can be started after another, and the same again', async () => {
  for (const backend of ['cpu', 'wasm', 'cpu', 'wasm'] as const) {
    expect(await startDevice(backend)).toMatchObject({ backend, passedOver: [] });
    expect(getBackend()).toBe(backend);
  }
});
