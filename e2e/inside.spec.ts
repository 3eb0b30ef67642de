import { expect, type Locator, type Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from './support/accessible.ts';
import { BLOCKS, PLAIN, RESIDUAL, SMALL } from './support/experiments.ts';
import { close, measure, measureAll, measureButton, SHORT_NAMES } from './support/look-inside.ts';
import { address } from './support/playground-page.ts';
import { test } from './support/test.ts';

/** Number of blocks in the plain net of SMALL. */
const PLAIN_BLOCKS = 3;

const inside = (page: Page) => page.getByRole('region', { name: 'Look inside' });
const figure = (page: Page, name: string) => inside(page).getByRole('figure', { name });

/** The number of steps that a figure says it is of, the last where its nets were measured one after the other. */
async function stepsOf(of: Locator): Promise<number> {
  const note = await of.getByText(/^after [\d,]+( to [\d,]+)? steps?/).innerText();
  return Number(/([\d,]+) steps?/.exec(note)?.[1]?.replaceAll(',', ''));
}

test.beforeEach(async ({ playground }) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
});

test('the gradients of two nets appear and follow training while they are looked at', async ({ page, playground }) => {
  await measure(page, 'Gradients');
  const gradients = figure(page, 'Gradient by layer');
  await gradients.scrollIntoViewIfNeeded();
  await expect(gradients.locator('[class*="_mean_"]')).toHaveCount(2);
  await expect(gradients.getByText('Before the first step')).toBeVisible();
  await playground.train.click();
  await expect.poll(() => stepsOf(gradients)).toBeGreaterThan(0);
  const first = await stepsOf(gradients);
  await expect.poll(() => stepsOf(gradients)).toBeGreaterThan(first);
  await expect(gradients.locator('[class*="_mean_"][class*="_faint_"]')).toHaveCount(2);
  for (const net of [PLAIN, RESIDUAL])
    await expect(gradients.locator('text[class*="_name_"]', { hasText: net })).toBeVisible();
  await playground.pauseNow();
  await expect.poll(() => stepsOf(gradients)).toBe(await playground.steps());
});

test('a figure that is opened late knows the nets as they were at step 0', async ({ page }) => {
  await page.evaluate(() => window.playground.step(20));
  await measure(page, 'Responses');
  const responses = figure(page, 'Responses of the layers');
  await responses.scrollIntoViewIfNeeded();
  await expect(responses.getByText('after 20 steps; pale: at step 0')).toBeVisible();
  await expect(responses.locator('[class*="_mean_"][class*="_faint_"]')).toHaveCount(4);
});

test('what is measured changes nothing: the curves are those of a race without measurements', async ({
  page,
  playground,
}) => {
  await measure(page, 'Gradients');
  await figure(page, 'Gradient by layer').scrollIntoViewIfNeeded();
  await expect(figure(page, 'Gradient by layer').locator('[class*="_mean_"]')).toHaveCount(2);
  await playground.stepBy(3);
  await expect.poll(() => stepsOf(figure(page, 'Gradient by layer'))).toBe(3);
  const watched = await playground.curves();
  await close(page, 'Gradients');
  expect(await playground.replay(3)).toEqual(watched);
});

test('on request, nothing is measured again until it is asked for', async ({ page, playground }) => {
  await measure(page, 'Gradients');
  const gradients = figure(page, 'Gradient by layer');
  await gradients.scrollIntoViewIfNeeded();
  await expect(gradients.locator('[class*="_mean_"]')).toHaveCount(2);
  await inside(page).getByRole('radio', { name: 'On request' }).click();
  await playground.stepBy(2);
  await expect(gradients.getByText('Before the first step')).toBeVisible();
  await inside(page).getByRole('button', { name: 'Measure now' }).click();
  await expect.poll(() => stepsOf(gradients)).toBe(2);
});

test('a sweep of lesions gives a bar a block, and a table', async ({ page }) => {
  const lesions = figure(page, 'Lesions: error after changing one block');
  await measure(page, 'Lesions');
  await expect(lesions.getByRole('button', { name: 'Run again' })).toBeVisible();
  await expect(lesions.locator('[class*="_damage_"]')).toHaveCount(PLAIN_BLOCKS + BLOCKS);
  await expect(lesions.getByText(/deleting one branch raises the error on average by/)).toBeVisible();
  await lesions.getByRole('button', { name: 'Show as table' }).click();
  await expect(lesions.getByRole('row')).toHaveCount(BLOCKS + 1);
  await lesions.getByRole('button', { name: 'Show as chart' }).click();

  await lesions.getByRole('combobox', { name: 'Lesion' }).selectOption('Cut a shortcut');
  await lesions.getByRole('button', { name: 'Run' }).click();
  await expect(lesions.getByText(`${PLAIN} has no place for this lesion`)).toBeVisible();
  await expect(lesions.locator('[class*="_damage_"]')).toHaveCount(BLOCKS);
});

test('a landscape grows, and can be cancelled', async ({ page }) => {
  await measure(page, 'Loss landscape');
  const landscape = figure(page, 'Loss around the weights');
  await expect(landscape.getByRole('progressbar')).toBeVisible();
  await landscape.getByRole('button', { name: 'Cancel' }).click();
  await expect(landscape.getByRole('button', { name: /^Run/ })).toBeVisible();
  await landscape.getByRole('combobox', { name: 'Directions' }).selectOption('One random direction');
  await landscape.getByRole('button', { name: 'Run' }).click();
  await expect(landscape.getByRole('button', { name: 'Run again' })).toBeVisible();
  await expect(landscape.locator('[class*="_mean_"]')).toHaveCount(2);
  await expect(page.getByRole('alert').filter({ hasText: /./ })).toHaveCount(0);
});

test('a loss plane comes coarse first, is cancelled while training goes on, and leaves the weights as they are', async ({
  page,
  playground,
}) => {
  await playground.trainSlowly();
  await playground.waitForStep(5);
  await measure(page, 'Loss landscape');
  const landscape = figure(page, 'Loss around the weights');
  // Contours are drawn before all is measured.
  await expect(landscape.locator('[class*="_contours_"] [class*="_level_"]').first()).toBeVisible();
  await expect(landscape.getByRole('progressbar')).toBeVisible();
  await landscape.getByRole('button', { name: 'Cancel' }).click();
  await expect(landscape.getByRole('button', { name: 'Run again' })).toBeVisible();
  await playground.pauseNow();
  const [steps, curves] = [await playground.steps(), await playground.curves()];

  const [centre, loss] = await page.evaluate(async (lane) => {
    const plane = await window.playground.probe(lane, 'landscape', { over: 'plane', points: 3, images: 40 });
    const line = await window.playground.probe(lane, 'landscape', { over: 'line', points: 3, images: 40 });
    if (plane.name !== 'landscape' || line.name !== 'landscape') throw new Error('no landscape');
    return [plane.losses[4], line.losses[1]];
  }, RESIDUAL);
  expect(centre).toBe(loss);
  const undisturbed = await playground.replay(steps);
  for (const lane of [PLAIN, RESIDUAL]) expect(curves[lane]?.loss).toEqual(undisturbed[lane]?.loss);
});

test('a block is chosen at its card, and is marked in the strip', async ({ page, playground }) => {
  await playground.shortcut(RESIDUAL, 5).hover();
  await page.getByRole('button', { name: 'Look inside this block' }).click();
  await expect(playground.lane(RESIDUAL).locator('[data-block][data-chosen]')).toHaveAttribute('data-block', '5');
  const maps = figure(page, 'What a block adds to its input');
  await expect(maps).toBeInViewport();
  await expect(maps.getByRole('combobox', { name: 'Block' })).toHaveValue('5');
  await expect(maps.getByRole('img', { name: /^F\(x\): 8 channels of 2×2/ })).toBeVisible();
  await maps.getByRole('combobox', { name: 'Block' }).selectOption('Block 1');
  await expect(maps.getByRole('img', { name: /^F\(x\): 2 channels of 8×8/ })).toBeVisible();
  await expect(playground.lane(RESIDUAL).locator('[data-block][data-chosen]')).toHaveAttribute('data-block', '1');
});

test('keys open figures, fold them and move the crosshair', async ({ page }) => {
  await inside(page)
    .getByRole('button', { name: measureButton('Gradients') })
    .press('Enter');
  const gradients = figure(page, 'Gradient by layer');
  await expect(gradients.locator('[class*="_mean_"]')).toHaveCount(2);
  await inside(page).getByRole('button', { name: '6 more figures' }).press('Enter');
  await inside(page)
    .getByRole('button', { name: measureButton('Responses') })
    .press('Enter');
  await expect(figure(page, 'Responses of the layers')).toBeVisible();
  await inside(page).getByRole('button', { name: 'Close: How strongly does each layer respond?' }).press('Enter');
  await expect(figure(page, 'Responses of the layers')).toBeHidden();
  await expect(inside(page).getByRole('article', { name: 'How strongly does each layer respond?' })).toBeVisible();

  const crosshair = gradients.getByRole('slider');
  await crosshair.focus();
  await page.keyboard.press('Home');
  await expect(crosshair).toHaveAttribute('aria-valuetext', new RegExp(`^first layer\\. .*${PLAIN}`));
  await page.keyboard.press('ArrowRight');
  await expect(crosshair).toHaveAttribute('aria-valuetext', new RegExp(`^block 1, convolution 1\\. .*${RESIDUAL}`));
});

test('axe finds nothing in any figure, nor in its table, in light and in dark', async ({ page }) => {
  await measureAll(page, SHORT_NAMES);
  const figures = await inside(page).getByRole('figure').all();
  expect(figures).toHaveLength(SHORT_NAMES.length);
  await expect(inside(page).getByRole('progressbar')).toHaveCount(0);
  await expectAccessibleInBothThemes(page, '#inside');
  for (const each of figures) await each.getByRole('button', { name: 'Show as table' }).click();
  await expectAccessibleInBothThemes(page, '#inside');
});

/** The figure about gradients in the slot beside the curves. */
const pinned = (page: Page) =>
  page.getByRole('region', { name: 'Charts', exact: true }).getByRole('figure', { name: 'Gradient by layer' });

async function expectPinned(page: Page): Promise<void> {
  // A figure is measured only while it is on the screen.
  await pinned(page).scrollIntoViewIfNeeded();
  await expect(pinned(page).locator('[class*="_mean_"]')).toHaveCount(2);
  await expect(inside(page).getByRole('figure')).toHaveCount(0);
}

test('a card asks a question and measures nothing until it is asked; a figure is pinned beside the curves', async ({
  page,
}) => {
  await expect(inside(page).getByRole('article')).toHaveCount(4);
  await expect(inside(page).getByRole('figure')).toHaveCount(0);
  const pin = inside(page).getByRole('button', { name: 'Pin beside the curves: Does the gradient vanish?' });
  await pin.click();
  await expectPinned(page);
  await inside(page).getByRole('button', { name: 'Unpin: Does the gradient vanish?' }).click();
  await expect(pinned(page)).toHaveCount(0);
  await expect(pin).toBeVisible();
});

test('a link pins a figure beside the curves', async ({ page, playground }) => {
  await page.goto(address({ backend: 'wasm', experiment: SMALL }).replace('?', '?figure=gradients&'));
  await playground.expectReady();
  await expectPinned(page);
});
