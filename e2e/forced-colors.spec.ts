import { expect, type Locator, type Page } from '@playwright/test';
import { decode } from 'fast-png';
import { PLAIN, RESIDUAL, SMALL } from './support/experiments.ts';
import { measure, measureButton } from './support/look-inside.ts';
import { test } from './support/test.ts';

/** The least contrast of what shows a control's state (WCAG 1.4.11), and how many pixels must have it. */
const LEAST_CONTRAST = 3;
const LEAST_PIXELS = 12;

const NOWHERE = { x: 0, y: 0, width: 0, height: 0 };

/** The luminance of each pixel of what is on the screen around an element. */
async function look(page: Page, element: Locator): Promise<readonly number[]> {
  await element.scrollIntoViewIfNeeded();
  await page.mouse.move(0, 0);
  const { x, y, width, height } = (await element.boundingBox()) ?? NOWHERE;
  const clip = { x: x - 4, y: y - 4, width: width + 8, height: height + 8 };
  const { data, channels } = decode(await page.screenshot({ clip, animations: 'disabled', caret: 'hide' }));
  const linear = (at: number) => {
    const share = (data[at] ?? 0) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return Array.from(
    { length: data.length / channels },
    (_, pixel) =>
      0.2126 * linear(pixel * channels) + 0.7152 * linear(pixel * channels + 1) + 0.0722 * linear(pixel * channels + 2),
  );
}

const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

/** Pixels that stand out from a background. */
const standingOut = (picture: readonly number[], background: number) =>
  picture.filter((luminance) => contrast(luminance, background) >= LEAST_CONTRAST).length;

/** Pixels that are plainly another colour in the other picture. */
const changed = (before: readonly number[], after: readonly number[]) =>
  before.filter((luminance, pixel) => contrast(luminance, after[pixel] ?? luminance) >= LEAST_CONTRAST).length;

for (const { colorScheme, background } of [
  { colorScheme: 'light', background: 1 },
  { colorScheme: 'dark', background: 0 },
] as const) {
  test.describe(`in a contrast theme that is ${colorScheme}`, () => {
    test.use({ contextOptions: { forcedColors: 'active', colorScheme } });

    test('every control shows its state, and every curve can be seen', async ({ page, playground }) => {
      await playground.open({ backend: 'wasm', experiment: SMALL });
      await page.evaluate(() => window.playground.step(30));
      const button = (name: string) => page.getByRole('button', { name, exact: true });
      const radio = (name: string) => page.getByRole('radio', { name, exact: true });
      const click = (control: Locator) => async () => {
        await control.click();
        await page.mouse.move(0, 0);
        await expect(page.locator('[data-card]')).toHaveCount(0);
      };
      const { figure } = playground;
      // Before shortcuts are cut: marks would stand out where curves do not.
      const curves = figure.locator('svg [class*="_mean_"]');
      await expect(curves).toHaveCount(2);
      for (const curve of await curves.all()) {
        await expect(curve).toHaveAttribute('d', /L/);
        const picture = await look(page, curve);
        expect(standingOut(picture, background), 'a curve can be seen').toBeGreaterThanOrEqual(LEAST_PIXELS);
      }
      await button('Draw one').click();
      const shortcut = playground.shortcut(RESIDUAL, 4);
      const place = playground.shortcut(PLAIN, 2);
      const all = playground.shortcuts(RESIDUAL);
      const log = figure.getByRole('radio', { name: 'Log', exact: true });
      const pad = page.getByRole('application');
      const more = button('More');
      // The chips of the nets stand above open figures.
      await measure(page, 'Branches');
      const measuring = page.getByRole('button', { name: measureButton('Lesions') });

      const changes: readonly (readonly [what: string, look: Locator, change: () => Promise<unknown>])[] = [
        // First: what is pressed outside of its panel closes that.
        ['a button of two', log, click(log)],
        ['a shortcut', shortcut, click(shortcut)],
        ['a plain net’s place for a shortcut', place, click(place)],
        ['the switch of all shortcuts, from some to all,', all, click(all)],
        ['the switch of all shortcuts, from all to none,', all, click(all)],
        ['the chip of a net', button(RESIDUAL), click(button(RESIDUAL))],
        ['one of a few choices', radio('Broad'), click(radio('Broad'))],
        ['a colour of the pen', radio('Red'), click(radio('Red'))],
        [
          'a slider',
          page.locator('header [data-control="slider"]'),
          () => page.getByRole('slider', { name: 'Speed' }).press('Home'),
        ],
        // After a key, so that the ring of the focus is shown.
        ['the focus of a button on a card', measuring, () => measuring.focus()],
        ['the focus of the drawing pad', pad, () => pad.focus()],
        ['the focus of a button', more, () => more.focus()],
        ['the focus of a shortcut', shortcut, () => shortcut.focus()],
      ];
      await playground.figureMenu.click();
      for (const [what, control, change] of changes) {
        const before = await look(page, control);
        await change();
        await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
        const after = await look(page, control);
        expect.soft(standingOut(before, background), `${what} can be seen before`).toBeGreaterThanOrEqual(LEAST_PIXELS);
        expect.soft(standingOut(after, background), `${what} can be seen after`).toBeGreaterThanOrEqual(LEAST_PIXELS);
        expect.soft(changed(before, after), `${what} looks otherwise`).toBeGreaterThanOrEqual(LEAST_PIXELS);
      }
    });
  });
}
