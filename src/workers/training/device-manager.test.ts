import { expect, test, vi } from 'vitest';
import type { startDevice } from '../../engine/device/device.ts';
import { DeviceError } from '../../engine/device/error.ts';
import type { OnBroken } from '../../engine/device/webgpu.ts';
import { ROOMY } from '../../testing/engine/tiny-race.ts';
import { DeviceManager } from './device-manager.ts';

function managed() {
  let broke: OnBroken = () => {};
  const start = vi.fn<typeof startDevice>(async (_, { onBroken = () => {} } = {}) => {
    broke = onBroken;
    return ROOMY;
  });
  const nothing = () => {};
  const told = { onStarting: nothing, onStarted: nothing, onLost: nothing, onBroken: nothing };
  return { manager: new DeviceManager({ start, ...told }), start, breakDown: (error: DeviceError) => broke(error) };
}

test('a device that broke is not replaced, and the reason is why', async () => {
  const { manager, breakDown } = managed();
  await manager.start('wasm');
  const reason = new DeviceError('webgpu', 'out of memory');
  breakDown(reason);
  await expect(manager.replace()).rejects.toBe(reason);
});

test('a device is started again only where another one was started since', async () => {
  const { manager, start } = managed();
  await manager.start('wasm');
  const before = manager.current ?? expect.fail('no device');
  expect(await manager.backTo(before)).toBe(false);
  expect(start).toHaveBeenCalledTimes(1);
  await manager.start('cpu');
  expect(await manager.backTo(before)).toBe(true);
  expect(start).toHaveBeenCalledTimes(3);
  expect(manager.current).toBe(before);
});

test('work without a device rejects for want of it, and its own failure is handled', async () => {
  const { manager } = managed();
  await expect(manager.orDeviceLost(Promise.reject(new Error('work: failed')))).rejects.toThrow('none was started');
});
