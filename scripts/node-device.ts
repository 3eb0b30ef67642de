import type { BackendChoice, DeviceInfo } from '../src/core/experiment/device.ts';
import { startDevice } from '../src/engine/device/device.ts';

/**
 * `startDevice` in Node, which has no WebGPU of its own: where that is asked for, it is Dawn's, on the machine's Vulkan
 * driver. `auto` takes wasm. Dawn keeps a process alive: it has to be ended by `process.exit`. Its native module is loaded
 * only then: there are machines on which it does not load.
 */
export async function startNodeDevice(choice: BackendChoice): Promise<DeviceInfo> {
  if (choice === 'webgpu') await (await import('./dawn.ts')).startDawn();
  return startDevice(choice);
}
