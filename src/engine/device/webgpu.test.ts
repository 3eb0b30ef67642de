import { afterEach, expect, test, vi } from 'vitest';
import { FakeGpuDevice, navigatorWith } from '../../testing/engine/fake-gpu.ts';
import { prepareWebGpu, webGpuFallbacks } from './webgpu.ts';

const device = new FakeGpuDevice();

afterEach(() => {
  device.break();
  vi.unstubAllGlobals();
});

test('a device that is started again still lacks the kernels that its self-test removed', async () => {
  vi.stubGlobal('navigator', navigatorWith(Promise.resolve(device)));
  const selfTest = vi.fn<() => Promise<readonly string[]>>().mockResolvedValueOnce(['Conv']).mockResolvedValue([]);
  for (let start = 0; start < 2; start++) {
    await prepareWebGpu(false, () => {});
    expect(await webGpuFallbacks(selfTest)).toEqual(['Conv']);
  }
});
