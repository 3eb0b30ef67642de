import { getBackend } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { DeviceInfo } from '../../core/experiment/device.ts';
import { sayIt } from '../../language/sentence.ts';
import { FakeGpuDevice, navigatorWith } from '../../testing/engine/fake-gpu.ts';
import { startDevice } from './device.ts';
import { DeviceError } from './error.ts';

const reasons = ({ passedOver }: DeviceInfo) => passedOver.map(({ backend, reason }) => `${backend}: ${sayIt(reason)}`);

describe('without WebGPU', () => {
  test('asking for it fails with its name and the reason', async () => {
    const error: unknown = await startDevice('webgpu').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DeviceError);
    expect(error).toMatchObject({
      name: 'DeviceError',
      backend: 'webgpu',
      message: 'backend webgpu: this browser has no WebGPU; choose another backend, or “Choose for me” (auto)',
    });
  });

  test('"auto" takes wasm, and says why not WebGPU', async () => {
    const info = await startDevice('auto');
    expect(info).toMatchObject({ backend: 'wasm', adapter: '1 thread' });
    expect(reasons(info)).toEqual(['webgpu: this browser has no WebGPU']);
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
    { what: 'no adapter', gpu: null, reason: 'webgpu: the browser offers no graphics adapter' },
    {
      what: 'an adapter in software',
      gpu: adapter({ architecture: 'swiftshader' }),
      reason: expect.stringMatching(/^webgpu: SwiftShader .* in software/),
    },
    {
      what: 'an adapter that the browser falls back to',
      gpu: adapter({ description: 'Some adapter', isFallbackAdapter: true }),
      reason: expect.stringMatching(/^webgpu: Some adapter .* in software/),
    },
    {
      what: 'a device that is refused',
      gpu: adapter({ vendor: 'acme' }, () => Promise.reject(new Error('adapter is consumed'))),
      reason: 'webgpu: Error: adapter is consumed',
    },
  ])('$what', async ({ gpu, reason }) => {
    vi.stubGlobal('navigator', { gpu: { requestAdapter: () => Promise.resolve(gpu) } });
    const info = await startDevice('auto');
    expect(info.backend).toBe('wasm');
    expect(reasons(info)).toEqual([reason]);
  });

  test('and a refusal has its name where WebGPU was asked for', async () => {
    vi.stubGlobal('navigator', { gpu: { requestAdapter: () => Promise.reject(new Error('blocked')) } });
    await expect(startDevice('webgpu')).rejects.toThrow(DeviceError);
  });
});

describe('a WebGPU device', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test('that comes too late does not take the place of the one that runs, and its loss is not that one’s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const device = new FakeGpuDevice();
    let come = () => {};
    const coming = new Promise<FakeGpuDevice>((resolve) => {
      come = () => resolve(device);
    });
    vi.stubGlobal('navigator', navigatorWith(coming));
    const onBroken = vi.fn();
    const starting = startDevice('auto', { onBroken });
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await starting).backend).toBe('wasm');
    come();
    await vi.waitFor(() => expect(device.heard).toBe(true));
    await vi.advanceTimersByTimeAsync(100);
    expect(getBackend()).toBe('wasm');
    device.break();
    expect(onBroken).not.toHaveBeenCalled();
  });
});

test('one device can be started after another, and the same again', async () => {
  for (const backend of ['cpu', 'wasm', 'cpu', 'wasm'] as const) {
    expect(await startDevice(backend)).toMatchObject({ backend, passedOver: [] });
    expect(getBackend()).toBe(backend);
  }
});
