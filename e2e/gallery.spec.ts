import { expect } from '@playwright/test';
import { boxFont } from './support/box-font.ts';
import { developed } from './support/developed.ts';
import { test } from './support/test.ts';

/** A few pixels differ between machines, since curves are drawn with other rounding; a line that is gone is more. */
const MOST_DIFFERING = 150;

/** How far a colour may be off: Playwright's own 0.2 takes grid lines, hairlines and the ground of a panel for paper. */
const COLOUR_THRESHOLD = 0.05;

test.skip(process.platform !== 'linux', 'the pictures were made on Linux');

const SOME =
  'only=race,guesses-unmade,guesses-outcome,depths-outcome,surgery,seeds,depths,depths-surgery,lines,bars,column,choices,amounts,failures';

for (const { name, query, width } of [
  { name: 'light', query: '', width: 1280 },
  { name: 'dark', query: `?theme=dark&${SOME}`, width: 1280 },
  { name: 'phone-zh', query: `?lang=zh&${SOME}`, width: 390 },
] as const) {
  test(`every chart and control looks as it did: ${name}`, async ({ page, baseURL }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(developed(`gallery.html${query}`, baseURL));
    await page.evaluate(
      async (bytes) => {
        document.fonts.add(await new FontFace('Bars', Uint8Array.from(bytes)).load());
      },
      [...boxFont()],
    );
    await page.addStyleTag({ content: '*, ::before, ::after { font-family: Bars !important }' });
    await expect(page.locator('main')).toHaveScreenshot(`${name}.png`, {
      maxDiffPixels: MOST_DIFFERING,
      threshold: COLOUR_THRESHOLD,
    });
  });
}
