import type { Browser, Page, Worker } from '@playwright/test';

declare global {
  /** In the workers that compute, where `watchDevices` has been. */
  var faults: { readonly devices: GPUDevice[]; refuse: boolean };
}

/** Runs in the worker before the page's own code: remembers its GPU devices, and can refuse adapters. */
const WATCH = `{
  globalThis.faults = { devices: [], refuse: false };
  const requestDevice = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...options) {
    const device = await requestDevice.apply(this, options);
    globalThis.faults.devices.push(device);
    return device;
  };
  const requestAdapter = GPU.prototype.requestAdapter;
  GPU.prototype.requestAdapter = function (...options) {
    return globalThis.faults.refuse ? Promise.resolve(null) : requestAdapter.apply(this, options);
  };
}
`;

/** Lets a test reach the devices of the workers of the built page that compute; to be called before the page is opened. */
export async function watchDevices(page: Page): Promise<void> {
  await page.route(/\/assets\/(pretrained-)?main-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: WATCH + (await response.text()) });
  });
}

const SCRIPTS = { trains: /\/main-[^/]*\.js/, pretrained: /\/pretrained-main-[^/]*\.js/ } as const;

/** The worker that trains, or that of the net that others trained. */
async function watchedWorker(page: Page, which: keyof typeof SCRIPTS = 'trains'): Promise<Worker> {
  for (const worker of page.workers()) {
    const isIt = SCRIPTS[which].test(worker.url());
    if (isIt && (await worker.evaluate(() => globalThis.faults !== undefined))) return worker;
  }
  throw new Error(`no worker that ${which} whose devices are watched`);
}

/** Destroys the GPU device that a worker computes on, as a driver reset would. */
export async function destroyDevice(page: Page, which: keyof typeof SCRIPTS = 'trains'): Promise<void> {
  const worker = await watchedWorker(page, which);
  await worker.evaluate(() => globalThis.faults.devices.at(-1)?.destroy());
}

/** From now on the browser has no graphics adapter. */
export async function refuseAdapters(page: Page): Promise<void> {
  const worker = await watchedWorker(page);
  await worker.evaluate(() => {
    globalThis.faults.refuse = true;
  });
}

/** Kills the browser's GPU process, and gives its id. */
export async function killGpuProcess(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const gpu = processInfo.find(({ type }) => type === 'GPU');
  if (gpu === undefined) throw new Error('the browser has no GPU process');
  process.kill(gpu.id, 'SIGKILL');
  return gpu.id;
}
