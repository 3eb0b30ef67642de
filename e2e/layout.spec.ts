import { expect, type Page } from '@playwright/test';
import { misfits } from './support/fits.ts';
import { measureAll, SHORT_NAMES } from './support/look-inside.ts';
import { test } from './support/test.ts';

/** From 320 to 1,600 in steps of 80, and of 40 when both are taken. */
const WIDTHS = Array.from({ length: 17 }, (_, index) => 320 + 80 * index);
const WIDTHS_BETWEEN = WIDTHS.slice(1).map((width) => width - 40);

/** As long as names of graphics adapters come. */
const ADAPTER = 'NVIDIA GeForce RTX 4090 Laptop GPU (Direct3D 12, driver 555.85)';

/** As long as a net's name may be, and nowhere to break it. */
const LONGEST_NAME = 'ResNet-14_with_a_name_that_somebody_gave_it_and_meant_well_W';

/** The nets that have the longest names by themselves, as in the preset Bottleneck, and one that has its name from a link. */
const LONG_NAMES = {
  data: { source: 'emoji', size: 8, version: 2 },
  recipe: { batch: 8 },
  lanes: [
    { net: { family: 'plain', depth: 29, width: 2, block: 'bottleneck' } },
    { net: { family: 'residual', depth: 29, width: 2, block: 'bottleneck', option: 'B' } },
    { name: LONGEST_NAME, net: { family: 'residual', depth: 14, width: 2 } },
  ],
  until: 3000,
} as const;

/** The worker's browser calls its adapter so. */
async function nameAdapter(page: Page, description: string): Promise<void> {
  const told = JSON.stringify({ description, architecture: 'ada' });
  const rename = `for (const [field, value] of Object.entries(${told})) Object.defineProperty(GPUAdapterInfo.prototype, field, { get: () => value });`;
  await page.route(/\/assets\/main-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: rename + (await response.text()) });
  });
}

async function expectToFit(page: Page, widths: readonly number[]): Promise<void> {
  const complaints: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    complaints.push(...(await misfits(page)).map((complaint) => `at ${width}: ${complaint}`));
  }
  expect(complaints).toEqual([]);
}

test('from 320 to 1,600 pixels nothing is wider than the window, with the longest names and everything open', async ({
  page,
  playground,
}) => {
  test.setTimeout(240_000);
  await playground.open({ backend: 'wasm', experiment: LONG_NAMES });
  await measureAll(page, SHORT_NAMES);
  await page.getByRole('button', { name: 'Draw one' }).click();
  await page.getByRole('region', { name: 'The paper’s family' }).scrollIntoViewIfNeeded();
  await expect(page.getByRole('heading', { name: 'Layer by layer' })).toBeVisible();
  await expectToFit(page, WIDTHS);

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.evaluate(() => window.playground.step(26));
  await playground.figureMenu.click();
  await playground.figure.getByRole('button', { name: 'Show as table' }).click();
  await page.getByRole('button', { name: 'Slow motion' }).click();
  await expect(page.getByRole('region', { name: 'Slow motion' })).toBeVisible();
  await playground.trainSlowly();
  await playground.waitForStep(28);
  await expectToFit(page, WIDTHS_BETWEEN);
  // Slow motion, while it plays, has a Pause of its own.
  await expect(page.getByRole('toolbar', { name: 'Training' }).getByRole('button', { name: 'Pause' })).toBeVisible();
});

test('dialogs, menus and the card of a block are never larger than a small window', async ({ page, playground }) => {
  await nameAdapter(page, ADAPTER);
  // The net with the longest name alone: a software adapter compiles long.
  await playground.open({ backend: 'webgpu', experiment: { ...LONG_NAMES, lanes: LONG_NAMES.lanes.slice(2) } });
  await expect(playground.device).toHaveText(`Device: WebGPU: ${ADAPTER}`);
  // Dialogs say more once there is something to lose.
  await playground.stepBy(1);
  await page.setViewportSize({ width: 844, height: 390 });
  const complaints: string[] = [];
  for (const [width, height] of [
    [844, 390],
    [320, 568],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const [within, name] of [
      ['More', null],
      ['More', 'Help and about'],
      ['More', 'Runs'],
      ['Experiments', null],
      ['Lab', null],
      ['Lab', 'Add net'],
      ['Lab', 'The paper’s recipe…'],
      ['Lab', 'About: Batch'],
      ['Lab', `Branch, grow or rewind ${LONGEST_NAME}`],
      ['Lab', 'Your images…'],
    ] as const) {
      await page.getByRole('button', { name: within, exact: true }).click();
      if (name !== null) await page.getByRole('button', { name, exact: true }).click();
      await expect(page.locator('[role="dialog"], [role="menu"]').last()).toBeVisible();
      complaints.push(
        ...(await misfits(page)).map((complaint) => `${name ?? within} at ${width}×${height}: ${complaint}`),
      );
      // What was opened in the lab closes before the lab.
      const open = page.locator('[role="dialog"], [role="menu"]');
      while ((await open.count()) > 0) await page.keyboard.press('Escape');
    }
    const block = playground.shortcut(LONGEST_NAME, 3);
    await block.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    // The card is put away by a scroll, which is told in the next frame.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await block.hover();
    await expect(page.locator('[data-card]')).toBeVisible();
    complaints.push(...(await misfits(page)).map((complaint) => `the card at ${width}×${height}: ${complaint}`));
    await page.mouse.move(0, 0);
  }
  expect(complaints).toEqual([]);
});
