import type { Page } from '@playwright/test';
import { preview } from 'vite';
import type { Playground } from '../../src/features/share/playground.ts';
import { launchBrowser } from '../browser.ts';
import type { Options } from '../interleave.ts';
import { medianRow } from '../row.ts';
import type { Benchmark } from './benchmark.ts';

declare global {
  interface Window {
    readonly playground: Playground;
    longest: number;
  }
}

const WATCHED_MS = 5000;
const PATIENCE = 180_000;

/** Opens the built page at the default preset. */
async function openPage(page: Page, url: string): Promise<void> {
  // tsx gives functions their names by a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(() => {
    window.longest = 0;
    const watch = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    });
    watch.observe({ type: 'longtask' });
  });
  await page.goto(url);
  await page.getByRole('button', { name: 'Train', exact: true }).and(page.locator(':enabled')).waitFor();
}

/** Seconds from opening the page until the 30-step means of the twins' errors are 5 points apart. */
function untilGap(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const WINDOW = 30;
    const GAP = 5;
    const mean = (values: readonly number[]) => values.slice(-WINDOW).reduce((sum, value) => sum + value, 0) / WINDOW;
    const there = () => {
      const curves = window.playground.curves();
      const [plain = [], residual = []] = [curves['plain-32']?.trainError, curves['ResNet-32']?.trainError];
      return plain.length >= WINDOW && mean(plain) - mean(residual) >= GAP;
    };
    void window.playground.train();
    while (!there()) await new Promise((resolve) => setTimeout(resolve, 20));
    return performance.now() / 1000;
  });
}

/** Frames a second, and the longest task since (milliseconds; 0 where none took 50). */
function watchFrames(page: Page) {
  return page.evaluate(async (watched) => {
    window.longest = 0;
    let frames = 0;
    const begun = performance.now();
    while (performance.now() - begun < watched) {
      await new Promise(requestAnimationFrame);
      frames += 1;
    }
    return { rate: (1000 * frames) / (performance.now() - begun), longest: window.longest };
  }, WATCHED_MS);
}

/** Milliseconds from a click on Pause until the page says that it is paused. */
export function pauseTime(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const button = (name: string) =>
      [...document.querySelectorAll('button')].find(({ innerText }) => innerText === name);
    const begun = performance.now();
    button('Pause')?.click();
    while (button('Train') === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
    return performance.now() - begun;
  });
}

async function once(url: string, { progress }: Options) {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(PATIENCE);
    await openPage(page, url);
    const gap = await untilGap(page);
    const { rate, longest } = await watchFrames(page);
    const pause = await pauseTime(page);
    progress(
      `gap after ${gap.toFixed(1)} s, ${rate.toFixed(0)} frames/s, longest task ${longest} ms, pause ${pause} ms`,
    );
    return { gap, rate, longest, pause };
  } finally {
    await browser.close();
  }
}

export const PAGE: Benchmark = {
  what: 'the built page at the default preset while it trains',
  run: async (options) => {
    const server = await preview({ preview: { port: 4189 }, logLevel: 'warn' });
    try {
      const url = server.resolvedUrls?.local[0] ?? '';
      const runs: Awaited<ReturnType<typeof once>>[] = [];
      for (let repeat = 0; repeat < options.repeats; repeat++) runs.push(await once(url, options));
      const row = (name: string, unit: string, of: (run: (typeof runs)[number]) => number) =>
        medianRow(name, unit, runs.map(of));
      const rows = [
        row('opening to the 5-point gap', 's', ({ gap }) => gap),
        row('frames while it trains', 'a second', ({ rate }) => rate),
        row('longest task of the main thread (0: none of 50 ms)', 'ms', ({ longest }) => longest),
        row('Pause to paused', 'ms', ({ pause }) => pause),
      ];
      return [{ title: 'Default preset, device by itself', rows }];
    } finally {
      await server.close();
    }
  },
};
