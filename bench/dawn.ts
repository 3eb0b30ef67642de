import { existsSync, readdirSync } from 'node:fs';
import { create, globals } from 'webgpu';

/** Where Debian and others put the description of SwiftShader that comes with Chromium. */
const SOFTWARE_DRIVER = 'vk_swiftshader_icd.json';
const BROWSER_FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

/**
 * Gives Node a WebGPU, Dawn as Chromium has it: `navigator.gpu` and the classes. Where the machine has no driver of its
 * own, Chromium's software one serves. Must come before a device is asked for.
 */
export function startDawn(): void {
  if (process.env.VK_ICD_FILENAMES === undefined && !hasDriver()) {
    const driver = BROWSER_FOLDERS.map((folder) => `${folder}/${SOFTWARE_DRIVER}`).find(existsSync);
    if (driver !== undefined) process.env.VK_ICD_FILENAMES = driver;
  }
  Object.assign(globalThis, globals);
  const gpu = create(['enable-dawn-features=allow_unsafe_apis']);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu, hardwareConcurrency: 1 }, configurable: true });
}

/** Whether Vulkan drivers are installed, as the loader looks for them. */
function hasDriver(): boolean {
  return ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'].some((folder) => {
    return existsSync(folder) && readdirSync(folder).length > 0;
  });
}
