import { expect } from '@playwright/test';
import { BLOCKS, PLAIN, RESIDUAL, SMALL, TRAINED_ON } from './support/experiments.ts';
import { lossesOf, type PlaygroundPage } from './support/playground-page.ts';
import { test } from './support/test.ts';

interface Cut {
  readonly lane: string;
  readonly block: number;
  readonly others: readonly string[];
}

/** Cuts a shortcut in the middle of training, and compares with a run without the cut. */
async function cutsWhileItTrains(playground: PlaygroundPage, { lane, block, others }: Cut): Promise<void> {
  const shortcut = playground.shortcut(lane, block);
  await expect(shortcut).toBeChecked();
  await playground.train.click();
  await playground.comesTo(1);
  await shortcut.click();
  await expect(shortcut).not.toBeChecked();
  await expect(playground.lane(lane).getByText(/^\d+ of \d+$/)).toBeVisible();
  const { surgery } = await playground.experiment();
  expect(surgery).toEqual([{ step: expect.any(Number), lane, block, gain: 0 }]);
  const at = surgery[0]?.step ?? Number.NaN;
  await playground.comesTo(at + 2);
  await playground.pauseNow();
  await expect(playground.figure.getByText(`${lane}: shortcut ${block} cut`)).toBeVisible();
  await expect(shortcut).not.toBeChecked();

  const [steps, curves] = [await playground.steps(), await playground.curves()];
  const undisturbed = await playground.replay(steps);
  await expect(shortcut).toBeChecked();
  await expect(playground.figure.getByText('cut')).toHaveCount(0);
  for (const other of others) expect(curves[other]).toEqual(undisturbed[other]);
  expect(lossesOf(curves, lane).slice(0, at)).toEqual(lossesOf(undisturbed, lane).slice(0, at));
  expect(lossesOf(curves, lane)[at]).not.toBe(lossesOf(undisturbed, lane)[at]);
}

test('a shortcut of the lesson’s nets is cut while they train', async ({ playground }) => {
  await playground.open({ preset: 'tiny', backend: 'wasm' });
  await playground.trainLong();
  await cutsWhileItTrains(playground, { lane: 'ResNet-32', block: 4, others: ['plain-8', 'plain-32'] });
});

for (const { backend } of TRAINED_ON) {
  test(`on ${backend} a shortcut that is cut while it trains changes its own net alone; all of them off and on again change nothing, off for a step they do`, async ({
    playground,
  }) => {
    await playground.open({ backend, experiment: SMALL });
    await cutsWhileItTrains(playground, { lane: RESIDUAL, block: 4, others: [PLAIN] });

    await playground.reset.click();
    await playground.isReady();
    const all = playground.shortcuts(RESIDUAL);
    const arcs = playground.lane(RESIDUAL).getByRole('switch', { name: /^Shortcut \d/ });
    await expect(arcs).toHaveCount(BLOCKS);
    await playground.stepBy(1);

    await all.click();
    await expect(all).not.toBeChecked();
    for (const arc of await arcs.all()) await expect(arc).not.toBeChecked();
    await expect(playground.lane(RESIDUAL).getByText('none')).toBeVisible();
    await all.click();
    await expect(all).toBeChecked();
    for (const arc of await arcs.all()) await expect(arc).toBeChecked();
    await playground.stepBy(1);
    const [undone, untouched] = [await playground.curves(), await playground.replay(2)];
    expect(undone).toEqual(untouched);

    await all.click();
    await expect(all).not.toBeChecked();
    await playground.stepBy(1);
    await expect(playground.figure.getByText(`${RESIDUAL}: all shortcuts off`)).toBeVisible();
    const [off, on] = [await playground.curves(), await playground.replay(3)];
    expect(lossesOf(off, RESIDUAL)[2]).not.toBe(lossesOf(on, RESIDUAL)[2]);
    expect(off[PLAIN]).toEqual(on[PLAIN]);
  });
}
