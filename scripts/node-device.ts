import type { BackendChoice, DeviceInfo } from '../src/core/experiment/device.ts';
import { startDevice } from '../src/engine/device/device.ts';
import { startDawn } from './dawn.ts';

/**
 * `startDevice` in Node, which has no WebGPU of its own: where that is asked for, it is Dawn's, on the machine's Vulkan
 * driver. `auto` takes wasm. Dawn keeps a process alive: it has to be ended by `process.exit`.
 */
export async function startNodeDevice(choice: BackendChoice): Promise<DeviceInfo> {
  if (choice === 'webgpu') await startDawn();
  return startDevice(choice);
}
