import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { BROWSER_FLAGS, findBrowser } from '../scripts/browser.ts';
import type { Entry } from './implementations/implementation.ts';
import { connect, type EngineRemote } from './remote.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A browser with the page of benchmarks, where each implementation has a worker of its own. */
export interface BenchBrowser {
  readonly version: string;
  start(name: string, entry: Entry): Promise<EngineRemote>;
  /** Seconds that the browser's renderers have computed, without what WebGPU computes. */
  rendererSeconds(): Promise<number>;
  close(): Promise<void>;
}

export async function launchBrowser() {
  const executablePath = findBrowser();
  if (executablePath === null)
    throw new Error('browser: no Chromium with windows; install it, or name one in PLAYWRIGHT_CHROMIUM');
  // tfjs' webgl, too, is computed by SwiftShader.
  return chromium.launch({ executablePath, args: [...BROWSER_FLAGS, '--enable-unsafe-swiftshader'] });
}

export async function openBrowser(): Promise<BenchBrowser> {
  const server = await createServer({
    root: ROOT,
    cacheDir: 'node_modules/.vite-bench',
    optimizeDeps: {
      entries: ['bench/page/page.ts', 'bench/page/worker.ts'],
      // Its threads begin in the file that it is in itself.
      exclude: ['onnxruntime-web'],
    },
    server: { port: 0, hmr: false, watch: null },
    logLevel: 'warn',
  });
  await server.listen();
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(`${server.resolvedUrls?.local[0]}bench/page/index.html`);
  await page.waitForFunction(() => window.ask !== undefined);
  const devtools = await browser.newBrowserCDPSession();
  let made = 0;
  return {
    version: browser.version(),
    start: (name, entry) => {
      made += 1;
      return inWorker(page, made, name, entry);
    },
    rendererSeconds: async () => {
      const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
      const renderers = processInfo.filter(({ type }) => type === 'renderer');
      return renderers.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** Invitations to this browser. */
export function startersIn({ start }: BenchBrowser, entries: readonly (Entry & { readonly name: string })[]) {
  return entries.map(({ name, ...entry }) => ({ name, start: () => start(name, entry) }));
}

function inWorker(page: Page, number: number, name: string, entry: Entry): Promise<EngineRemote> {
  return connect(
    name,
    entry,
    (request) =>
      page.evaluate(([implementation, asked]) => window.ask(implementation, asked), [number, request] as const),
    () => page.evaluate((implementation) => window.end(implementation), number),
  );
}
