/** Finds a Chromium for the end-to-end tests; run as a program, it also gets one where none is found. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';

/**
 * Chromium without its windows, tabs and menus, which takes two thirds of the processor time of a browser for the same page.
 */
const SYSTEM_SHELLS = ['/usr/bin/chromium-headless-shell'];

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** With these Chromium offers WebGPU, computed by SwiftShader, where there is no GPU. */
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-background-networking',
];

/** Path of what the end-to-end tests run in, a headless shell rather than a browser, or null. */
export function findTestBrowser(): string | null {
  return firstOf([...SYSTEM_SHELLS, chromium.executablePath(), ...SYSTEM_BROWSERS]);
}

/** Path of the first Chromium with windows that is there and runs, or null. */
export function findBrowser(): string | null {
  return firstOf([chromium.executablePath(), ...SYSTEM_BROWSERS]);
}

/** The one that the environment names, else the first that runs. Throws where the named one does not run. */
function firstOf(paths: readonly string[]): string | null {
  const named = process.env.PLAYWRIGHT_CHROMIUM;
  const canRun = (path: string) => existsSync(path) && runs(path);
  if (named === undefined || named === '') return paths.find(canRun) ?? null;
  if (!canRun(named)) throw new Error(`PLAYWRIGHT_CHROMIUM: ${named} does not run`);
  return named;
}

/** A downloaded Chromium may lack libraries of the system. On Windows asking for the version opens a window. */
function runs(path: string): boolean {
  return process.platform === 'win32' || spawnSync(path, ['--version']).status === 0;
}

/** Ways to get one: Debian's where it can be installed, else Playwright's own. */
const WAYS = [
  { command: 'apt-get update', env: {}, debian: true },
  ...['chromium-headless-shell', 'chromium'].map((name) => {
    return { command: `apt-get install -y ${name}`, env: { DEBIAN_FRONTEND: 'noninteractive' }, debian: true };
  }),
  // It would wait half a minute, five times, for a host that does not answer.
  {
    command: 'npx playwright install chromium',
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '5000' },
    debian: false,
  },
];

function getBrowser(): string | null {
  const isDebianRoot = userInfo().uid === 0 && existsSync('/usr/bin/apt-get');
  for (const { command, env, debian } of WAYS) {
    if (debian && !isDebianRoot) continue;
    console.log(`browser: none that runs; ${command}`);
    // Playwright complains at length where it is offline, and the next way may work.
    const { status } = spawnSync(command, {
      shell: true,
      stdio: ['ignore', 'inherit', debian ? 'inherit' : 'ignore'],
      env: { ...process.env, ...env },
    });
    if (status !== 0) console.log('browser: that failed');
    const path = findTestBrowser();
    if (path !== null) return path;
  }
  return null;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const path = findTestBrowser() ?? getBrowser();
  if (path === null) {
    console.error('browser: none found, none to be had; install Chromium, or name one in PLAYWRIGHT_CHROMIUM');
    process.exitCode = 1;
  } else {
    console.log(`browser: ${path}`);
  }
}
