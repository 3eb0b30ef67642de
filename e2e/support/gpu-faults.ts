import type { Browser, Page, Worker } from '@playwright/test';

declare global {
  /** In the training worker, where `watchDevices` has been. */
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

/** Lets a test reach the devices of the training worker of the built page; to be called before the page is opened. */
export async function watchDevices(page: Page): Promise<void> {
  await page.route(/\/assets\/main-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: WATCH + (await response.text()) });
  });
}

/** The worker that trains. */
export async function trainingWorker(page: Page): Promise<Worker> {
  for (const worker of page.workers()) {
    if (await worker.evaluate(() => globalThis.faults !== undefined)) return worker;
  }
  throw new Error('no worker whose devices are watched');
}

/** Destroys the device that the page trains on, as somebody else might. */
export async function destroyDevice(page: Page): Promise<void> {
  const worker = await trainingWorker(page);
  await worker.evaluate(() => globalThis.faults.devices.at(-1)?.destroy());
}

/** From now on the browser has no graphics adapter. */
export async function refuseAdapters(page: Page): Promise<void> {
  const worker = await trainingWorker(page);
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
