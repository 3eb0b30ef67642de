/** `npm run pictures -- [NAME ...]`: makes the pictures of the documents from the built page; all, where none is named. */
import { stat } from 'node:fs/promises';
import { chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { BROWSER_FLAGS, findBrowser } from './browser.ts';
import { paper } from './pictures/paper.ts';
import { surgery } from './pictures/surgery.ts';

interface Picture {
  readonly name: string;
  readonly address: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly mostBytes: number;
  readonly take: (page: Page, output: string) => Promise<void>;
}

const PICTURES: readonly Picture[] = [
  {
    name: 'surgery',
    address: '?preset=degradation&backend=wasm&hide=lab,inside,predictions,family',
    viewport: { width: 1120, height: 720 },
    mostBytes: 400_000,
    take: surgery,
  },
  {
    name: 'paper',
    address: '?preset=degradation&backend=wasm&view=paper',
    viewport: { width: 1120, height: 1000 },
    mostBytes: 100_000,
    take: paper,
  },
];

const names = process.argv.slice(2);
const unknown = names.find((name) => PICTURES.every((picture) => picture.name !== name));
if (unknown !== undefined)
  throw new Error(`pictures: ${unknown} is none of ${PICTURES.map(({ name }) => name).join(', ')}`);
const executablePath = findBrowser();
if (executablePath === null)
  throw new Error('pictures: no Chromium with windows; install it, or name one in PLAYWRIGHT_CHROMIUM');
const server = await preview({ preview: { port: 0 }, logLevel: 'warn' });
const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
const [url] = server.resolvedUrls?.local ?? [];
try {
  for (const { name, address, viewport, mostBytes, take } of PICTURES) {
    if (names.length > 0 && !names.includes(name)) continue;
    const page = await browser.newPage({ viewport, colorScheme: 'light' });
    await page.goto(`${url}${address}`);
    const output = `docs/${name}.webp`;
    await take(page, output);
    await page.close();
    const { size } = await stat(output);
    console.log(`pictures: ${output}, ${Math.round(size / 1000)} kB`);
    if (size > mostBytes) throw new Error(`pictures: more than ${mostBytes / 1000} kB`);
  }
} finally {
  await browser.close();
  await server.close();
}
