import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { MeasuredSpeed, SpeedTask } from '../../core/results/device-speed.ts';
import { startDevice } from '../device/device.ts';
import { measureSpeed } from './measure-speed.ts';

beforeAll(async () => {
  await startDevice('wasm');
});

const SMALL: SpeedTask = { type: 'step', depth: 8, width: 4, size: 8, batch: 2 };

test('each task has a time, one that would take minutes has none, and no tensor is left', async () => {
  const before = memory().numTensors;
  const huge: SpeedTask = { type: 'step', depth: 110, width: 64, size: 32, batch: 4096 };
  const tasks = [SMALL, huge, { ...SMALL, type: 'forward' } as const];
  const measured: MeasuredSpeed[] = [];
  for await (const each of measureSpeed(new AbortController().signal, tasks)) measured.push(each);
  expect(measured.map(({ ms }) => ms !== null && ms > 0)).toEqual([true, false, true]);
  expect(memory().numTensors).toBe(before);
});

test('it stops when it is aborted, and leaves no tensor behind', async () => {
  const before = memory().numTensors;
  const controller = new AbortController();
  controller.abort();
  await expect(measureSpeed(controller.signal, [SMALL]).next()).rejects.toThrow();
  expect(memory().numTensors).toBe(before);
});
