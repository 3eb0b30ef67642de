import { expect } from '@playwright/test';
import { PLAIN, RESIDUAL, SMALL } from './support/experiments.ts';
import { lossesOf } from './support/playground-page.ts';
import { test } from './support/test.ts';

const FORK = `${RESIDUAL} (2)`;

test.beforeEach(async ({ playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await playground.stepBy(30);
});

test('a branch is drawn as one, and parts from its parent when a shortcut is cut', async ({ playground, page }) => {
  await page.getByRole('button', { name: `Branch, grow or rewind ${RESIDUAL}`, exact: true }).click();
  await page.getByRole('menuitem', { name: 'Branch from here' }).click();
  await expect(playground.lane(FORK).getByText(`from ${RESIDUAL} after 30`)).toBeVisible();
  await expect(playground.figure.getByText(`${FORK} branched off`)).toBeVisible();
  await playground.stepBy(2);
  const together = await playground.curves();
  expect(lossesOf(together, FORK)).toEqual(lossesOf(together, RESIDUAL));
  expect(lossesOf(together, FORK)).toHaveLength(32);
  await playground.shortcut(FORK, 2).click();
  await expect(playground.shortcut(FORK, 2)).not.toBeChecked();
  await playground.stepBy(1);
  const apart = await playground.curves();
  expect(lossesOf(apart, FORK).at(-1)).not.toBe(lossesOf(apart, RESIDUAL).at(-1));
});

test('a net that is grown computes the same at first, and has more blocks', async ({ playground, page }) => {
  await page.getByRole('button', { name: `Branch, grow or rewind ${PLAIN}`, exact: true }).click();
  await page.getByRole('menuitem', { name: 'Branch and grow deeper' }).click();
  await expect(playground.lane('plain-14').getByRole('switch', { name: /^Shortcut \d/ })).toHaveCount(6);
  await playground.stepBy(1);
  const curves = await playground.curves();
  expect(lossesOf(curves, 'plain-14')).toEqual(lossesOf(curves, PLAIN));
});

test('RepVGG branches are folded into plain layers, which train on', async ({ playground, page }) => {
  const [branched, folded] = ['plain-8, RepVGG branches', 'plain-8'];
  const lanes = [{ net: { family: 'plain', depth: 8, width: 2, choices: { rep: true } } }];
  await playground.open({ backend: 'wasm', experiment: { ...SMALL, lanes } });
  await playground.stepBy(30);
  await page.getByRole('button', { name: `Branch, grow or rewind ${branched}`, exact: true }).click();
  await page.getByRole('menuitem', { name: `Branch and fold into ${folded}` }).click();
  await expect(playground.lane(folded).getByText(`folded from ${branched} after 30`)).toBeVisible();
  await playground.stepBy(2);
  expect(lossesOf(await playground.curves(), folded)).toHaveLength(32);
});

test('a net is rewound by keyboard to a checkpoint, and makes its steps again', async ({ playground, page }) => {
  const before = await playground.curves();
  await page.getByRole('button', { name: `Branch, grow or rewind ${RESIDUAL}`, exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Rewind…' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('slider', { name: 'Checkpoint' }).press('Home');
  await page.getByRole('button', { name: 'Rewind to step 0' }).press('Enter');
  await expect.poll(async () => lossesOf(await playground.curves(), RESIDUAL).length).toBe(0);
  expect(lossesOf(await playground.curves(), PLAIN)).toHaveLength(30);
  await playground.train.click();
  await expect.poll(async () => lossesOf(await playground.curves(), RESIDUAL).length).toBeGreaterThanOrEqual(30);
  await playground.pauseNow();
  expect(lossesOf(await playground.curves(), RESIDUAL).slice(0, 30)).toEqual(lossesOf(before, RESIDUAL));
});
