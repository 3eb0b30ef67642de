import { existsSync } from 'node:fs';
import { create, globals } from 'webgpu';

/** Where Debian and others put the description of SwiftShader that comes with Chromium. */
const SOFTWARE_DRIVER = 'vk_swiftshader_icd.json';
const BROWSER_FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

/** All that Chromium has behind flags, and a clock that counts every nanosecond. */
const OPTIONS = ['enable-dawn-features=allow_unsafe_apis', 'disable-dawn-features=timestamp_quantization'];

/**
 * Gives Node a WebGPU, Dawn as Chromium has it: `navigator.gpu` and the classes. Where none of the machine's own drivers
 * will do, Chromium's software one serves. Must come before a device is asked for.
 */
export async function startDawn(): Promise<void> {
  Object.assign(globalThis, globals);
  const own = create(OPTIONS);
  const gpu = (await own.requestAdapter()) === null ? inSoftware() : own;
  Object.defineProperty(globalThis, 'navigator', { value: { gpu, hardwareConcurrency: 1 }, configurable: true });
}

function inSoftware(): GPU {
  const driver = BROWSER_FOLDERS.map((folder) => `${folder}/${SOFTWARE_DRIVER}`).find(existsSync);
  if (driver !== undefined) process.env.VK_ICD_FILENAMES = driver;
  return create(OPTIONS);
}
