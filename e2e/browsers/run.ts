/** `npm run browsers`: the journey in Firefox and in WebKit, on a host with headers and on one without. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import type { Driver, Size } from './driver.ts';
import { bareHost, type Host, hostWithHeaders } from './hosts.ts';
import { installed } from './installed.ts';
import { AGAINST_FINGERPRINTS, JOURNEY, type Step } from './journey.ts';
import { JourneyPage } from './journey-page.ts';
import { type OwnFiles, ownFiles } from './own-files.ts';
import { Puppeteer } from './puppeteer.ts';
import { updateExpected } from './update.ts';
import { watchedBuild } from './watched-build.ts';
import { WebKit } from './webkit.ts';

const SIZE: Size = { width: 1440, height: 900 };
const STEP_LIMIT = 150_000;
/** Each engine on each host; the last also in a browser that hides from fingerprinting. */
const VISITS = ['firefox/headers', 'firefox/bare', 'firefox/wary', 'webkit/headers', 'webkit/bare'] as const;
type VisitName = (typeof VISITS)[number];

const program = new Command('npm run browsers --')
  .description('One journey in Firefox and in WebKit, on a host with headers and on a bare one.')
  .option('--only <visits>', `some of ${VISITS.join(', ')}, or all of an engine; with commas`, parseVisits, VISITS)
  .option('--update', 'measures what is expected again, in Chromium, and stores it')
  .parse();
const { only, update = false } = program.opts<{ only: readonly VisitName[]; update?: boolean }>();

function parseVisits(list: string): readonly VisitName[] {
  return list.split(',').flatMap((name) => {
    const visits = VISITS.filter((visit) => visit === name || visit.startsWith(`${name}/`));
    if (visits.length === 0) throw new InvalidArgumentError(`some of ${VISITS.join(', ')}`);
    return visits;
  });
}

let [passed, failed] = [0, 0];

/** Takes the steps one after the other; one that fails ends the journey, since the others build on it. */
async function journey(driver: Driver, host: Host, steps: readonly Step[], files: OwnFiles): Promise<void> {
  const page = new JourneyPage(driver, host.url);
  const begun = Date.now();
  for (const { name, take } of steps) {
    const from = Date.now();
    try {
      await inTime(take({ page, files, headers: host.headers }));
      passed += 1;
      console.log(`  ok    ${seconds(from)} ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`  FAILS ${seconds(from)} ${name}\n${indented(error)}\n${indented(await page.described())}`);
      break;
    }
  }
  console.log(`  ${seconds(begun)} in all`);
}

/** A page that hangs answers nothing any more, so its step would never end by itself. */
function inTime(step: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${STEP_LIMIT / 1000} s`)), STEP_LIMIT);
  });
  return Promise.race([step, late]).finally(() => clearTimeout(timer));
}

interface Hosts {
  readonly headers: Host;
  readonly bare: Host;
}

async function visit(name: VisitName, hosts: Hosts, files: OwnFiles, firefox: string): Promise<void> {
  const isWary = name === 'firefox/wary';
  const driver = await (name.startsWith('webkit')
    ? WebKit.start(SIZE)
    : Puppeteer.firefox(firefox, SIZE, { 'privacy.resistFingerprinting': isWary }));
  const host = name.endsWith('/bare') ? hosts.bare : hosts.headers;
  console.log(`${name}: ${driver.name}`);
  await journey(driver, host, isWary ? AGAINST_FINGERPRINTS : JOURNEY, files).finally(() => driver.close());
}

function seconds(from: number): string {
  return `${((Date.now() - from) / 1000).toFixed(1).padStart(5)} s`;
}

function indented(error: unknown): string {
  return String(error).replaceAll(/^/gm, '        ');
}

if (update) {
  await updateExpected(SIZE);
} else {
  const { firefox } = installed();
  const [build, files] = [await watchedBuild(), await ownFiles()];
  const hosts = { headers: await hostWithHeaders(build.folder), bare: await bareHost(build.folder) };
  try {
    for (const name of only) await visit(name, hosts, files, firefox);
  } finally {
    await Promise.all([hosts.headers.close(), hosts.bare.close()]);
    await Promise.all([build.remove(), files.remove()]);
  }
  mkdirSync('test-results', { recursive: true });
  writeFileSync('test-results/browsers.json', JSON.stringify({ passed, failed }));
  console.log(`browsers: ${passed} steps passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}
