import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import { wait } from '../core/wait.ts';
import { DeviceLostError } from '../engine/device/error.ts';
import { DeviceLossSignal } from './device-loss-signal.ts';

const lost = new DeviceLostError('webgpu', 'gone');

test('a loss rejects all that is awaited, and is told once', async () => {
  const told = vi.fn();
  const signal = new DeviceLossSignal(told);
  const never = new Promise<never>(() => {});
  const waiting = [signal.orLost(never), signal.orLost(never)];
  expect(signal.waiting).toBe(2);
  signal.onBroken(lost);
  signal.onBroken(new DeviceLostError('webgpu', 'again'));
  for (const work of waiting) await expect(work).rejects.toBe(lost);
  expect(told).toHaveBeenCalledTimes(1);
  expect([signal.error, signal.waiting]).toEqual([lost, 0]);
});

test('work that is begun after a loss rejects with it, and its own failure is handled', async () => {
  const signal = new DeviceLossSignal(() => {});
  signal.onBroken(lost);
  await expect(signal.orLost(Promise.reject(new Error('work: failed')))).rejects.toBe(lost);
});

test('what has ended, well or not, is waited for no more', async () => {
  const signal = new DeviceLossSignal(() => {});
  await expect(signal.orLost(Promise.resolve(3))).resolves.toBe(3);
  await expect(signal.orLost(Promise.reject(lost))).rejects.toBe(lost);
  await wait();
  expect(signal.waiting).toBe(0);
});

test('what was awaited is free while the device lives', async () => {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('no garbage collector to call');
  const signal = new DeviceLossSignal(() => {});
  const awaited = async () => {
    const result = await signal.orLost(Promise.resolve({ losses: new Float32Array(1000) }));
    return new WeakRef(result);
  };
  const result = await awaited();
  // A reference is kept until the present turn ends.
  await wait();
  collect();
  expect(result.deref()).toBeUndefined();
  expect(signal.error).toBeNull();
});
