import { DataError } from '../../src/data/dataset.ts';
import { DeviceError } from '../../src/engine/device/error.ts';
import { MemoryError } from '../../src/engine/weights/memory.ts';
import { LabError } from './error.ts';

/** Whether an error says in one sentence what is wrong with the order, the data or the device, and needs no stack. */
export function isExpected(error: unknown): error is Error {
  return [LabError, DataError, DeviceError, MemoryError].some((expected) => error instanceof expected);
}
