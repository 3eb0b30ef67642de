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
const ENGINES = ['firefox', 'webkit'] as const;
type Engine = (typeof ENGINES)[number];

const program = new Command('npm run browsers --')
  .description('One journey in Firefox and in WebKit, on a host with headers and on a bare one.')
  .option('--only <engines>', `some of ${ENGINES.join(', ')}, with commas`, parseEngines, ENGINES)
  .option('--update', 'measures what is expected again, in Chromium, and stores it')
  .parse();
const { only, update = false } = program.opts<{ only: readonly Engine[]; update?: boolean }>();

function parseEngines(list: string): readonly Engine[] {
  const names = list.split(',');
  const engines = ENGINES.filter((name) => names.includes(name));
  if (engines.length < names.length) throw new InvalidArgumentError(`some of ${ENGINES.join(', ')}`);
  return engines;
}

let [passed, failed] = [0, 0];

/** Takes the steps one after the other; one that fails ends the journey, since the others build on it. */
async function journey(driver: Driver, host: Host, steps: readonly Step[], files: OwnFiles): Promise<void> {
  console.log(`${driver.name}, ${host.headers ? 'a host with headers' : 'a bare host'}`);
  const page = new JourneyPage(driver, host.url);
  const begun = Date.now();
  for (const { name, take } of steps) {
    const from = Date.now();
    try {
      await take({ page, files, headers: host.headers });
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

async function inEach(hosts: readonly Host[], files: OwnFiles, firefox: string): Promise<void> {
  const start = { firefox: () => Puppeteer.firefox(firefox, SIZE), webkit: () => WebKit.start(SIZE) };
  for (const engine of only) {
    for (const host of hosts) {
      const driver = await start[engine]();
      await journey(driver, host, JOURNEY, files).finally(() => driver.close());
    }
  }
  const [host] = hosts;
  if (host === undefined || !only.includes('firefox')) return;
  const wary = await Puppeteer.firefox(firefox, SIZE, { 'privacy.resistFingerprinting': true });
  console.log('with privacy.resistFingerprinting:');
  await journey(wary, host, AGAINST_FINGERPRINTS, files).finally(() => wary.close());
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
  const hosts = [await hostWithHeaders(build.folder), await bareHost(build.folder)];
  try {
    await inEach(hosts, files, firefox);
  } finally {
    for (const host of hosts) await host.close();
    await Promise.all([build.remove(), files.remove()]);
  }
  mkdirSync('test-results', { recursive: true });
  writeFileSync('test-results/browsers.json', JSON.stringify({ passed, failed }));
  console.log(`browsers: ${passed} steps passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}
