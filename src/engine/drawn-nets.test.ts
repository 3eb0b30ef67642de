// Registers the gradients of tfjs' operations, which its core leaves out.
import '@tensorflow/tfjs';
import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { failed } from '../testing/engine/check.ts';
import { compareValues, valuesByTape, valuesOfNets } from '../testing/engine/drawn-nets.ts';
import { startDevice } from './device/device.ts';

test('nets of choices that are combined at random have the gradients of a tape, on cpu and on wasm', {
  timeout: 120_000,
}, async () => {
  await startDevice('cpu');
  const before = memory().numTensors;
  const tape = await valuesByTape();
  const cpu = compareValues('cpu', await valuesOfNets(), tape);
  expect(cpu.length).toBeGreaterThan(700);
  expect(failed(cpu)).toEqual([]);
  await startDevice('wasm');
  expect(failed(compareValues('wasm', await valuesOfNets(), tape))).toEqual([]);
  expect(memory().numTensors).toBe(before);
});
