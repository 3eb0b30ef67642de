import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { pageHeaders } from '../../scripts/host/headers.ts';
import { launchBrowser } from '../browser.ts';
import type { Options } from '../interleave.ts';
import { type Group, medianRow, type Row } from '../row.ts';
import { type Link, type ShapedServer, serveShaped } from '../shaped-link.ts';
import { rounded } from '../statistics.ts';
import type { Benchmark } from './benchmark.ts';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const INDEX = new URL('../../index.html', import.meta.url);
const PATIENCE = 180_000;

const LINKS: readonly { readonly title: string; readonly link: Link }[] = [
  { title: 'this machine, not shaped', link: null },
  { title: '10 Mbit/s, 40 ms', link: { bitsPerSecond: 10e6, roundTripMs: 40 } },
  { title: '1.6 Mbit/s, 150 ms', link: { bitsPerSecond: 1.6e6, roundTripMs: 150 } },
];

/** What a page says of its own load. Times are in milliseconds since it was opened. */
interface Load {
  /** The first paint with content. */
  firstPaint: number;
  /** The name of a net is on the page. */
  netsShown: number;
  firstStep: number;
  /** Sum of all layout shifts until the first step. */
  layoutShift: number;
}

declare global {
  interface Window {
    readonly load: Load;
  }
}

/** Runs in the page before its scripts: observes its load, and asks for a step, which comes when the race is open. */
const OBSERVER = `
  // tsx gives functions their names by a helper that the page does not have.
  globalThis.__name = (named) => named;
  globalThis.load = { firstPaint: 0, netsShown: 0, firstStep: 0, layoutShift: 0 };
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') load.firstPaint = startTime;
  }).observe({ type: 'paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) if (load.firstStep === 0) load.layoutShift += value;
  }).observe({ type: 'layout-shift', buffered: true });
  let asked = false;
  const observe = () => {
    if (load.netsShown === 0 && document.querySelector('main')?.innerText.includes('plain-32')) load.netsShown = performance.now();
    if (!asked && globalThis.playground !== undefined) {
      asked = true;
      playground.step(1);
    }
    const curves = globalThis.playground?.curves() ?? {};
    if (Object.values(curves).some(({ step }) => step.length > 0)) load.firstStep = performance.now();
    else setTimeout(observe, 5);
  };
  setTimeout(observe, 0);
`;

interface Measured extends Load {
  readonly bytes: number;
}

/** Opens the page in a new tab, and trains its first step. */
async function load(context: BrowserContext, server: ShapedServer): Promise<{ measured: Measured; page: Page }> {
  const page = await context.newPage();
  await page.addInitScript(OBSERVER);
  const before = server.sent();
  await page.goto(server.url, { waitUntil: 'commit', timeout: PATIENCE });
  await page.waitForFunction(() => window.load?.firstStep > 0, null, { timeout: PATIENCE, polling: 20 });
  const bytes = server.sent() - before;
  return { measured: { ...(await page.evaluate(() => window.load)), bytes }, page };
}

/** Bytes of memory of the page and its workers. The browser takes a minute, since it waits for garbage collections. */
function memoryOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const measure: unknown = Reflect.get(performance, 'measureUserAgentSpecificMemory');
    if (typeof measure !== 'function') throw new Error('load: this browser does not measure memory');
    const { bytes }: { bytes: number } = await measure.call(performance);
    return bytes;
  });
}

/** Loads in a browser that has never been here and, if `after` is given, what comes then. */
async function visit(
  server: ShapedServer,
  after?: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<Measured> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const { measured, page } = await load(context, server);
    await after?.(page, context);
    return measured;
  } finally {
    await browser.close();
  }
}

function rowsOf(loads: readonly Measured[], names: readonly (keyof Measured)[]): readonly Row[] {
  return names.map((name) => {
    const { label, unit, scale } = ROWS[name];
    return medianRow(
      label,
      unit,
      loads.map((each) => each[name] / scale),
    );
  });
}

const ROWS: Readonly<
  Record<keyof Measured, { readonly label: string; readonly unit: string; readonly scale: number }>
> = {
  firstPaint: { label: 'first paint', unit: 's', scale: 1000 },
  netsShown: { label: 'nets shown', unit: 's', scale: 1000 },
  firstStep: { label: 'first step', unit: 's', scale: 1000 },
  bytes: { label: 'bytes sent until the first step', unit: 'MB', scale: 1e6 },
  layoutShift: { label: 'layout shift until the first step', unit: '', scale: 1 },
};

const ALL = ['firstPaint', 'netsShown', 'firstStep', 'bytes', 'layoutShift'] as const;

/** First visits over a link, to a host that isolates the page. */
async function firstVisits(link: Link, { repeats }: Options): Promise<readonly Row[]> {
  const server = await serveShaped(DIST, link, pageHeaders(readFileSync(INDEX, 'utf8')));
  try {
    const loads: Measured[] = [];
    let memory: number | null = null;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const isMeasured = link === null && repeat === 0;
      loads.push(
        await visit(server, async (page) => {
          if (isMeasured) memory = await memoryOf(page);
        }),
      );
    }
    const rows = rowsOf(loads, ALL);
    return memory === null
      ? rows
      : [...rows, { name: 'memory of the page and its workers', value: rounded(memory / 1e6), unit: 'MB' }];
  } finally {
    await server.close();
  }
}

/** Second visits to a host that sends no headers, once the service worker has kept the build. */
async function secondVisits(link: Link, { repeats }: Options): Promise<readonly Row[]> {
  const server = await serveShaped(DIST, link, {});
  try {
    const loads: Measured[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      await visit(server, async (page, context) => {
        await untilKept(page);
        await page.close();
        loads.push((await load(context, server)).measured);
      });
    }
    return rowsOf(loads, ALL);
  } finally {
    await server.close();
  }
}

/** Resolves when the service worker has all files of the build. */
function untilKept(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const count = async () => {
      const [name = ''] = (await caches.keys()).filter((each) => each.startsWith('build '));
      return (await (await caches.open(name)).keys()).length;
    };
    // It has listed its files itself, so it is done when no more of them come.
    for (let before = 0; ; ) {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      const now = await count();
      if (now > 0 && now === before) return;
      before = now;
    }
  });
}

async function run(options: Options): Promise<readonly Group[]> {
  const groups: Group[] = [];
  for (const { title, link } of LINKS) {
    const rows = await firstVisits(link, options);
    options.progress(`${title}: ${rows.map(({ name, value, unit }) => `${name} ${value} ${unit}`).join(', ')}`);
    groups.push({ title: `First visit, ${title}`, rows });
  }
  const [, middle] = LINKS;
  if (middle !== undefined) {
    const rows = await secondVisits(middle.link, options);
    groups.push({ title: `Second visit, host without headers, ${middle.title}`, rows });
  }
  return groups;
}

export const LOAD: Benchmark = { what: 'opening the built page for the first time, until the first step', run };
