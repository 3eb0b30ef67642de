import { expect } from '@playwright/test';
import { lossesOf, type PlaygroundPage } from './playground-page.ts';

/** Trains until the curves have grown twice, pauses, and expects that nothing goes on. */
export async function trainsAndPauses(playground: PlaygroundPage, lanes: readonly string[]): Promise<void> {
  const { figure } = playground;
  await expect(figure.getByText('The curves grow here')).toBeVisible();
  await playground.train.click();
  await expect(playground.pause).toBeVisible();
  await playground.waitForStep(2);
  await expect(figure.getByText('The curves grow here')).toBeHidden();
  const lines = figure.locator('[class*="_curve_"] [class*="_mean_"]');
  await expect(lines).toHaveCount(lanes.length);
  const [before, steps] = [await lines.first().getAttribute('d'), await playground.steps()];
  await playground.waitForStep(steps + 2);
  await expect(lines.first()).not.toHaveAttribute('d', before ?? '');
  for (const lane of lanes) await expect(figure.locator('[class*="_end_"]').getByText(lane)).toBeVisible();

  await playground.pauseNow();
  const [then, curves] = [await playground.steps(), await playground.curves()];
  expect(Object.keys(curves)).toEqual(lanes);
  for (const { step, loss, trainError } of Object.values(curves)) {
    expect(step).toEqual(Array.from({ length: then }, (_, index) => index + 1));
    expect(loss.every((value) => Number.isFinite(value) && value > 0)).toBe(true);
    expect(trainError.every((value) => value >= 0 && value <= 100)).toBe(true);
  }
  // Whatever still trained would be told before the worker answers once more.
  await playground.page.evaluate(() => window.playground.pause());
  expect(await playground.curves()).toEqual(curves);
  await playground.expectStep(then);
}

interface Cut {
  readonly lane: string;
  readonly block: number;
  readonly others: readonly string[];
}

/** Cuts a shortcut in the middle of training, and compares with a run without the cut. */
export async function cutsWhileItTrains(playground: PlaygroundPage, { lane, block, others }: Cut): Promise<void> {
  const shortcut = playground.shortcut(lane, block);
  await expect(shortcut).toBeChecked();
  await playground.train.click();
  await playground.waitForStep(1);
  await shortcut.click();
  await expect(shortcut).not.toBeChecked();
  await expect(playground.lane(lane).getByText(/^\d+ of \d+$/)).toBeVisible();
  const { surgery } = await playground.experiment();
  expect(surgery).toEqual([{ step: expect.any(Number), lane, block, gain: 0 }]);
  const at = surgery[0]?.step ?? Number.NaN;
  await playground.waitForStep(at + 2);
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
