import { expect } from '@playwright/test';
import { PLAIN, RESIDUAL, SMALL } from './support/experiments.ts';
import { test } from './support/test.ts';

// What happens here is the race's: which backend computes makes no difference but the time.
const backend = 'wasm';

test(`nets join, catch up, are duplicated and leave on ${backend}`, async ({ page, playground }) => {
  await playground.open({ backend, experiment: SMALL });
  await playground.stepBy(2);

  await page.getByRole('button', { name: 'Add net' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add net' });
  await expect(dialog.getByRole('radio', { name: 'Residual' })).toBeChecked();
  await dialog.getByRole('spinbutton', { name: 'Depth' }).fill('21');
  await expect(dialog.getByRole('alert')).toContainText('20 or 26');
  await expect(dialog.getByRole('button', { name: 'Add net' })).toBeDisabled();
  await dialog.getByRole('spinbutton', { name: 'Depth' }).fill('20');
  await dialog.getByRole('spinbutton', { name: 'Width' }).fill('2');
  await expect(dialog.getByText(/^ResNet-20: [\d.]+k parameters/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Add net' }).click();
  await expect(dialog).toBeHidden();
  const late = playground.lane('ResNet-20');
  await expect(late.getByText('catching up: step 0')).toBeVisible();

  await playground.stepBy(1);
  await expect(late.getByText('catching up')).toBeHidden();
  const curves = await playground.curves();
  expect(Object.keys(curves)).toEqual([PLAIN, RESIDUAL, 'ResNet-20']);
  for (const { step } of Object.values(curves)) expect(step).toEqual([1, 2, 3]);

  const nets = page.getByRole('region', { name: 'Nets', exact: true });
  await nets.getByRole('button', { name: `Duplicate ${PLAIN}` }).click();
  const twin = `${PLAIN} (2)`;
  await expect(playground.lane(twin)).toBeVisible();
  await nets.getByRole('button', { name: `Remove ${RESIDUAL}` }).click();
  await expect(playground.lane(RESIDUAL)).toBeHidden();
  expect(await playground.lanes()).toEqual([PLAIN, 'ResNet-20', twin]);
  await playground.stepBy(1);
  const then = await playground.curves();
  expect(then[twin]).toEqual(then[PLAIN]);
  expect(then[twin]?.step).toHaveLength(4);
});
