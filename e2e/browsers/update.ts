import { equal } from 'node:assert/strict';
import { findBrowser } from '../../scripts/browser.ts';
import { SIMDS, type Simd } from '../../src/core/experiment/device.ts';
import { startChromium } from './chromium.ts';
import type { Colours } from './colours.ts';
import type { Size } from './driver.ts';
import { type Curves, writeExpected } from './expected.ts';
import { hostWithHeaders } from './hosts.ts';
import { curvesOf, deviceOf, savedColours, trainTiny } from './journey.ts';
import { JourneyPage } from './journey-page.ts';
import { watchedBuild } from './watched-build.ts';

/** Measures in Chromium what the journey compares with, once with each binary of the kernels, and stores it. */
export async function updateExpected(size: Size): Promise<void> {
  const curves: Partial<Record<Simd, Curves>> = {};
  let colours: Colours = {};
  for (const simd of SIMDS) {
    const measured = await measure(simd, size);
    curves[simd] = measured.curves;
    colours = measured.colours;
  }
  const { relaxed = {}, plain = {} } = curves;
  writeExpected({ curves: { relaxed, plain }, colours });
}

async function measure(simd: Simd, size: Size) {
  const chromium = findBrowser();
  if (chromium === null) throw new Error('no Chromium: run `npm run browser`');
  const build = await watchedBuild({ relaxed: simd === 'relaxed' });
  const host = await hostWithHeaders(build.folder);
  const driver = await startChromium(chromium, size);
  try {
    const page = new JourneyPage(driver, host.url);
    await trainTiny(page);
    equal((await deviceOf(page))?.simd, simd);
    return { curves: await curvesOf(page), colours: await savedColours(page) };
  } finally {
    await driver.close();
    await host.close();
    await build.remove();
  }
}
