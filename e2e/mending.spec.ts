import { expect } from '@playwright/test';
import { makeNet } from '../src/core/net/net.ts';
import type { Curves } from './support/playground-page.ts';
import { test } from './support/test.ts';

const [PLAIN, MENDED, RESIDUAL] = ['plain-32', 'plain-32 (2)', 'ResNet-32'];
const EXPERIMENT = {
  data: { source: 'emoji', size: 8, version: 2 },
  lanes: [{ net: makeNet('plain', 32) }, { net: makeNet('residual', 32) }],
};

/** Mean training error of a lane's steps from one to another, in percent. */
function meanError(curves: Curves, lane: string, from: number, to: number): number {
  const errors = curves[lane]?.trainError.slice(from, to) ?? [];
  expect(errors).toHaveLength(to - from);
  return errors.reduce((sum, error) => sum + error / errors.length, 0);
}

// The margins are half of the least that three seeds had: 9, 6 and 17 points.
test('a plain net that is stuck learns when it is mended; a residual one that is cut stops, and learns when it is mended', async ({
  playground,
  page,
}) => {
  await playground.open({ backend: 'wasm', experiment: EXPERIMENT });
  const train = (rounds: number) => page.evaluate((count) => window.playground.step(count), rounds);
  await train(60);
  await page.getByRole('button', { name: `Branch, grow or rewind ${PLAIN}`, exact: true }).click();
  await page.getByRole('menuitem', { name: 'Branch from here' }).click();
  await expect(playground.shortcuts(MENDED)).not.toBeChecked();
  await playground.shortcuts(MENDED).click();
  await expect(playground.shortcuts(MENDED)).toBeChecked();
  await playground.shortcuts(RESIDUAL).click();
  await expect(playground.shortcuts(RESIDUAL)).not.toBeChecked();
  await train(20);
  await playground.shortcuts(RESIDUAL).click();
  await expect(playground.shortcuts(RESIDUAL)).toBeChecked();
  await train(160);

  const curves = await playground.curves();
  const late = (lane: string) => meanError(curves, lane, 210, 240);
  expect(late(PLAIN) - late(MENDED)).toBeGreaterThan(4);
  const cut = meanError(curves, RESIDUAL, 65, 80);
  expect(cut - meanError(curves, RESIDUAL, 45, 60)).toBeGreaterThan(3);
  expect(cut - late(RESIDUAL)).toBeGreaterThan(8);
});
