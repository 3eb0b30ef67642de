import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { BrowserContext, Page } from '@playwright/test';
import { preview } from 'vite';
import { showTab } from '../../e2e/support/playground-page.ts';
import { launchBrowser } from '../browser.ts';
import type { Options } from '../interleave.ts';
import { type Group, medianRow, type Row } from '../row.ts';
import type { Benchmark } from './benchmark.ts';
import { pauseTime } from './page.ts';

const TABS = 4;
const PATIENCE = 180_000;

/** Seconds that each tab took, in the order in which they were opened. */
interface Times {
  /** From opening the tab until its race can be trained, while the tabs before it train. */
  readonly opened: readonly number[];
  /** From a click on Pause in the tab, which is in front, until it is paused, while all tabs train. */
  readonly paused: readonly number[];
}

const button = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).and(page.locator(':enabled'));

/** Opens the default preset in a new tab, and waits until it can be trained. Seconds. */
async function open(context: BrowserContext, url: string): Promise<{ page: Page; seconds: number }> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const begun = performance.now();
  await page.goto(url);
  await button(page, 'Train').waitFor();
  return { page, seconds: (performance.now() - begun) / 1000 };
}

/** Trains without the page's question for a prediction. */
async function train(page: Page): Promise<void> {
  await page.evaluate(() => void window.playground.train());
  await button(page, 'Pause').waitFor();
}

/** Opens tabs one after another, the last in front, and trains in all of them. */
async function once(url: string): Promise<Times> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    // tsx gives functions their names by a helper that the page does not have.
    await context.addInitScript('globalThis.__name = (named) => named');
    // The first tab of all fills the browser's caches.
    await (await open(context, url)).page.close();
    const pages: Page[] = [];
    const opened: number[] = [];
    for (let nth = 0; nth < TABS; nth++) {
      for (const page of pages) await showTab(page, 'hidden');
      const { page, seconds } = await open(context, url);
      await train(page);
      pages.push(page);
      opened.push(seconds);
    }
    const paused: number[] = [];
    for (const page of pages) {
      for (const other of pages) await showTab(other, other === page ? 'visible' : 'hidden');
      paused.push((await pauseTime(page)) / 1000);
      await train(page);
    }
    return { opened, paused };
  } finally {
    await browser.close();
  }
}

/** A process for each core that computes all the time, until it is killed. */
function otherWork(): readonly ChildProcess[] {
  return Array.from({ length: availableParallelism() }, () => spawn(process.execPath, ['-e', 'for (;;);']));
}

/** Each tab's times over the repeats. */
function rowsOf(runs: readonly Times[]): readonly Row[] {
  const tabs = Array.from({ length: TABS }, (_, tab) => tab);
  const of = (what: keyof Times, tab: number) => runs.map((run) => run[what][tab] ?? Number.NaN);
  return [
    ...tabs.map((tab) =>
      medianRow(`tab ${tab + 1}: opening until it can be trained, ${tab} others train`, 's', of('opened', tab)),
    ),
    ...tabs.map((tab) => medianRow(`tab ${tab + 1}: Pause to paused in front, all train`, 's', of('paused', tab))),
  ];
}

async function group(title: string, url: string, { repeats, progress }: Options): Promise<Group> {
  const runs: Times[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const run = await once(url);
    const seconds = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(', ');
    progress(`${title}: opened after ${seconds(run.opened)} s, paused after ${seconds(run.paused)} s`);
    runs.push(run);
  }
  return { title, rows: rowsOf(runs) };
}

async function run(options: Options): Promise<readonly Group[]> {
  const server = await preview({ preview: { port: 4189 }, logLevel: 'warn' });
  const url = server.resolvedUrls?.local[0] ?? '';
  try {
    const alone = await group(`${TABS} tabs, each at the default preset`, url, options);
    const others = otherWork();
    try {
      return [alone, await group(`The same beside a busy process on each core`, url, options)];
    } finally {
      for (const other of others) other.kill();
    }
  } finally {
    await server.close();
  }
}

export const TABS_BENCHMARK: Benchmark = { what: 'tabs of the built page that train at once', run };
