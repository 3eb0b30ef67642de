import { expect } from '@playwright/test';
import { expectAccessible, expectAccessibleInBothThemes } from './support/accessible.ts';
import { RESIDUAL, SMALL } from './support/experiments.ts';
import { PlaygroundPage } from './support/playground-page.ts';
import { test } from './support/test.ts';

test.use({ viewport: { width: 1280, height: 720 } });

const backend = 'wasm';

test('a race is presented by key, covered until the class has voted, and waits for it', async ({
  page,
  playground,
}) => {
  await playground.open({ backend, experiment: { ...SMALL, until: 8 } });
  await page.keyboard.press('f');
  await expect(page).toHaveURL(/[?&]present/);
  await expect(page.getByRole('button', { name: 'Experiments' })).toBeHidden();
  const controls = page.getByRole('toolbar', { name: 'Presentation' });
  await page.mouse.move(400, 300);
  await controls.getByLabel('Wait at step').fill('3');
  await page.keyboard.press('Enter');
  await controls.getByLabel('Cover').selectOption('curves');
  await expect(playground.figure).toBeHidden();
  await expectAccessibleInBothThemes(page);

  await controls.getByRole('button', { name: 'Train' }).click();
  await expect(controls.getByRole('button', { name: 'Train' })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: /^step 3$/ })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Paused at step 3' })).not.toContainText('%');
  await expect(page.getByRole('region', { name: RESIDUAL })).toContainText('?');
  await page.getByLabel(`Hands for “${RESIDUAL}”`).fill('31');
  await page.getByRole('button', { name: 'One more for “about the same”' }).click();
  await page.getByRole('button', { name: 'Uncover' }).click();
  await expect(page.getByRole('region', { name: 'The class: 32 votes' })).toBeVisible();
  await expect(playground.figure).toBeVisible();
  await expectAccessible(page);

  await page.mouse.move(400, 200);
  await controls.getByLabel('Cover').selectOption({ label: RESIDUAL });
  await expect(playground.figure.getByText(RESIDUAL)).toHaveCount(0);
  // The controls go when the pointer rests, and the keyboard brings them back.
  await page.mouse.click(400, 200);
  await expect(controls).toBeHidden();
  await page.keyboard.press('Tab');
  await expect(controls).toBeVisible();
  // Tab may have come to a field of the ballot, which the first Escape leaves.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Experiments/ })).toBeVisible();
  await expect(page).not.toHaveURL(/present/);
  await expect(playground.figure.getByText(RESIDUAL)).not.toHaveCount(0);
});

test('a link for a class shows its task, hides parts and waits', async ({ page, playground, context }) => {
  await playground.open({ backend, preset: 'tiny' });
  await playground.openMore();
  await page.getByRole('button', { name: /^A link for a class/ }).click();
  const sheet = page.getByRole('dialog', { name: 'A link for a class' });
  await sheet.getByLabel(/^Title/).fill('Which cut hurts most?');
  await sheet.getByLabel('Task').fill('<b>Cut</b> three shortcuts.');
  await sheet.getByLabel('Wait at step').fill('20');
  await sheet.getByLabel('Colours').selectOption('dark');
  await sheet.getByLabel('Look inside').check();
  await expect(sheet.getByRole('img', { name: 'The link as a QR code' }).locator('path')).toBeVisible();
  await expectAccessibleInBothThemes(page, '[role="dialog"]');
  const link = await sheet.getByRole('textbox', { name: 'The link' }).inputValue();
  expect(link.length).toBeLessThan(300);

  const other = await context.newPage();
  await other.goto(`${link}&backend=${backend}`);
  const task = other.getByRole('region', { name: 'The task of this link' });
  await expect(task.getByRole('heading', { name: 'Which cut hurts most?' })).toBeVisible();
  await expect(task.getByText('<b>Cut</b> three shortcuts.')).toBeVisible();
  await expect(other.getByText('waits at step 20')).toBeVisible();
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(other.getByRole('link', { name: 'Predictions' })).toBeVisible();
  await expect(other.getByRole('link', { name: 'Look inside' })).toBeHidden();
  await expectAccessible(other);
  // It was for that experiment.
  await new PlaygroundPage(other).choosePreset('Twins');
  await expect(task).toBeHidden();
  await expect(other).not.toHaveURL(/title|stop/);
});

test('a wrong word in a link is told of once, and the rest of the link holds', async ({ page, playground }) => {
  await page.goto(`?backend=${backend}&preset=twins&title=Gradients&hide=inside&speed=3`);
  await playground.expectReady();
  const fault = page.getByText(/"3" is not one of/);
  await expect(fault).toBeVisible();
  expect(await playground.lanes()).toHaveLength(2);
  await expect(page.getByRole('heading', { name: 'Gradients' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Look inside' })).toBeHidden();
  await playground.choosePreset('Tiny');
  await expect(page).toHaveURL(/preset=tiny/);
  await playground.expectReady();
  await expect(fault).toBeHidden();
});

test('exploring in a chapter with a task leads back to the lesson', async ({ page, playground }) => {
  await page.goto(`?backend=${backend}&chapter=1&task=Look`);
  await playground.expectStep(0);
  const task = page.getByRole('region', { name: 'The task of this link' });
  const lesson = page.locator('[data-lesson]');
  await lesson.getByRole('button', { name: 'Explore freely' }).click();
  await expect(lesson).toBeHidden();
  await expect(task).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expect(page.getByRole('button', { name: 'Back to the lesson' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(lesson).toBeVisible();
  await expect(task).toBeVisible();
});

test('the page of a class speaks Chinese', async ({ page }) => {
  const title = encodeURIComponent('切断哪一条影响最大？');
  await page.goto(`?backend=wasm&preset=tiny&lang=zh&title=${title}`);
  await expect(page.getByRole('heading', { name: '切断哪一条影响最大？' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('f');
  await page.mouse.move(400, 300);
  await page.getByRole('toolbar', { name: '演示' }).getByLabel('遮住').selectOption('curves');
  await expect(page.getByRole('button', { name: '揭晓' })).toBeVisible();
  await expectAccessible(page);
});
