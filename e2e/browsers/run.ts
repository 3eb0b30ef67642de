/** `npm run browsers`: the journey in Firefox and in WebKit, on a host with headers and on one without. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import type { Driver, Size } from './driver.ts';
import { startFirefox } from './firefox.ts';
import { bareHost, type Host, hostWithHeaders } from './hosts.ts';
import { installed } from './installed.ts';
import { AGAINST_FINGERPRINTS, JOURNEY, type Step } from './journey.ts';
import { JourneyPage } from './journey-page.ts';
import { lacksOf } from './lacks.ts';
import { type OwnFiles, ownFiles } from './own-files.ts';
import { updateExpected } from './update.ts';
import { watchedBuild } from './watched-build.ts';
import { startWebKit } from './webkit.ts';

const SIZE: Size = { width: 1440, height: 900 };
const START_LIMIT = 60_000;
const STEP_LIMIT = 120_000;
/** For questions to a page that may hang. */
const ANSWER_LIMIT = 10_000;
/** Each engine on each host, and Firefox as it is set against fingerprinting. */
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

interface Hosts {
  readonly headers: Host;
  readonly bare: Host;
}

let [passed, failed] = [0, 0];

async function visit(name: VisitName, hosts: Hosts, files: OwnFiles, firefox: string): Promise<void> {
  const isWary = name === 'firefox/wary';
  const start: Promise<Driver> = name.startsWith('webkit')
    ? startWebKit(SIZE)
    : startFirefox(firefox, SIZE, { 'privacy.resistFingerprinting': isWary });
  try {
    const driver = await within(START_LIMIT, start);
    console.log(`${name}: ${driver.name}`);
    const host = name.endsWith('/bare') ? hosts.bare : hosts.headers;
    await journey(driver, host, isWary ? AGAINST_FINGERPRINTS : JOURNEY, files).finally(() => driver.close());
  } catch (error) {
    failed += 1;
    console.log(`${name}: FAILS\n${indented(error)}`);
  }
}

/** Takes the steps one after the other; one that fails ends the journey, since the others build on it. */
async function journey(driver: Driver, host: Host, steps: readonly Step[], files: OwnFiles): Promise<void> {
  const page = new JourneyPage(driver, host.url);
  const begun = Date.now();
  for (const { name, take } of steps) {
    const from = Date.now();
    try {
      await within(STEP_LIMIT, take({ page, files, headers: host.headers }));
      passed += 1;
      console.log(`  ok    ${seconds(from)} ${name}`);
    } catch (error) {
      failed += 1;
      const state = await within(ANSWER_LIMIT, page.described()).catch(() => 'the page does not answer');
      console.log(`  FAILS ${seconds(from)} ${name}\n${indented(error)}\n${indented(state)}`);
      break;
    }
  }
  const lacks = await within(ANSWER_LIMIT, lacksOf(page)).catch(() => ['not known: the page does not answer']);
  console.log(`  ${seconds(begun)} in all; this browser lacks: ${lacks.join('; ') || 'nothing'}`);
}

/** What hangs never ends by itself. */
function within<Value>(limit: number, what: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${limit / 1000} s`)), limit);
  });
  return Promise.race([what, late]).finally(() => clearTimeout(timer));
}

function seconds(from: number): string {
  return `${((Date.now() - from) / 1000).toFixed(1).padStart(5)} s`;
}

function indented(error: unknown): string {
  return String(error).replaceAll(/^/gm, '        ');
}

// Browsers and screens end with the process, which by itself does not tell them of signals.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

async function visitAll(firefox: string): Promise<void> {
  const begun = Date.now();
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
  console.log(`browsers: ${passed} steps passed, ${failed} failed, in ${seconds(begun).trim()}`);
}

if (update) {
  await updateExpected(SIZE);
} else {
  const found = installed();
  if ('missing' in found) {
    const packages = found.missing.join(' ');
    console.error(`browsers: not installed: ${packages}; on Debian: sudo apt-get install ${packages}`);
    process.exit(1);
  }
  await visitAll(found.firefox);
  process.exit(failed > 0 ? 1 : 0);
}
