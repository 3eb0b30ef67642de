import { expect } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { SMALL } from './support/experiments.ts';
import { test } from './support/test.ts';

const net = (family: 'plain' | 'residual', choices?: object, gains?: readonly number[]) => ({
  net: { family, depth: 8, width: 4, ...(choices && { choices }), ...(gains && { gains }) },
});

/** At the comparison's rate its signal grows with each block, so that it diverges at once. */
const DIVERGING = net('residual', { norm: { type: 'none' }, shortcut: { type: 'scalar', start: 2 } }, [2, 2, 2]);

/** The comparison of the preset *What else cures it?*, as small as it can be. */
const CURES = {
  ...SMALL,
  // Norms bear so large a rate.
  recipe: { ...SMALL.recipe, learningRate: 10 },
  until: 3,
  lanes: [
    net('plain'),
    net('residual'),
    net('plain', { start: { type: 'identity', share: 0.1 } }),
    net('residual', { order: 'pre-activation' }),
    net('residual', { shortcut: { type: 'dense', growth: 2 } }),
    DIVERGING,
  ],
};

test('a block is designed by keyboard: what cannot be combined says why before it is chosen', async ({
  page,
  playground,
}) => {
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.getByRole('button', { name: 'Add net' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add net' });
  await dialog.getByRole('spinbutton', { name: 'Depth' }).fill('8');
  await dialog.getByRole('spinbutton', { name: 'Width' }).fill('4');
  const drawing = dialog.getByRole('img', { name: /^One block: / });
  await expect(drawing).toHaveAccessibleName('One block: conv 3×3, norm, ReLU, conv 3×3, norm, +, ReLU');

  // A choice opens by the keyboard, and the arrows take the options in turn.
  await dialog.getByRole('button', { name: /^Normalisation, / }).press('Enter');
  const norms = page.getByRole('radiogroup', { name: 'Normalisation' });
  await norms.getByRole('radio', { name: /^None/ }).press('Space');
  await page.keyboard.press('Escape');
  await expect(norms).toBeHidden();
  await expect(drawing).toHaveAccessibleName('One block: conv 3×3, ReLU, conv 3×3, +, ReLU');

  await dialog.getByRole('button', { name: /^Last scale at the start, / }).press('Enter');
  const refused = page.getByRole('radiogroup', { name: 'Last scale at the start' }).getByRole('radio', { name: /^0/ });
  await expect(refused).toBeDisabled();
  await expect(refused).toContainText('Not here: without normalisation a branch has no scale that could start at 0.');
  await page.keyboard.press('Escape');

  await dialog.getByRole('button', { name: /^Shortcut, / }).press('Enter');
  const shortcuts = page.getByRole('radiogroup', { name: 'Shortcut' });
  await shortcuts.getByRole('radio', { name: /^Learned scale/ }).press('Space');
  await expectAccessible(page, '[role=dialog]');
  await page.keyboard.press('Escape');
  await expect(drawing).toHaveAccessibleName('One block: conv 3×3, ReLU, conv 3×3, × a, +, ReLU');
  const name = 'ResNet-8, no norm, learned scale 0';
  await expect(dialog.getByText(`${name}: `)).toBeVisible();

  await dialog.getByRole('button', { name: 'Add net' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(playground.lane(name)).toBeVisible();
  await playground.stepBy(2);
  expect((await playground.curves())[name]?.loss).toHaveLength(2);
});

test('nets between two walls are dots, sorted at the end; one of them is raced alone against the walls', async ({
  page,
  playground,
}) => {
  await playground.open({ backend: 'wasm', experiment: CURES });
  const dots = page.getByRole('region', { name: 'Nets between two walls' });
  await expect(dots.getByRole('listitem')).toHaveCount(6);
  await expect(dots.getByText(/^Every layer reads the outputs of all before it in its stage/)).toBeVisible();
  await expect(dots.getByText('residual wall')).toBeVisible();
  await expectAccessible(page, '[aria-label="Nets between two walls"]');
  await page.evaluate(() => window.playground.step(3));
  await expect(page.getByText('Sorted by error.')).toBeVisible();
  await expect(dots.getByText('no cure')).toHaveCount(0);
  const errorsOfRows = () =>
    dots
      .getByRole('listitem')
      .evaluateAll((rows) => rows.map((row) => row.querySelector('[class*="_result_"] b')?.textContent ?? ''));
  const errors = await errorsOfRows();
  const trained = errors.slice(0, -1).map(Number);
  expect(trained).toEqual(trained.toSorted((a, b) => a - b));
  // A net that diverged comes last, and has no error.
  expect(errors.at(-1)).toBe('–');
  await expect(
    dots
      .getByRole('listitem')
      .last()
      .getByText(/^diverged at step \d$/),
  ).toBeVisible();

  // The numbers behind the dots, in the same words for keys, pointer and screen reader.
  await dots.getByRole('button', { name: 'Show the curves' }).focus();
  await page.keyboard.press('Tab');
  const marks = dots.getByRole('img', { name: /: (\d+(\.\d)?%, one seed|one seed diverged, at step \d)$/ });
  await expect(marks).toHaveCount(6);
  await expect(marks.first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(marks.last()).toBeFocused();
  await expect(dots.locator('[data-fleeting]')).toHaveText((await marks.last().getAttribute('aria-label')) ?? '');
  await page.keyboard.press('ArrowUp');
  await expect(marks.nth(4)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dots.locator('[data-fleeting]')).toHaveCount(0);
  await marks.nth(1).hover();
  await expect(dots.locator('[data-fleeting]')).toHaveText((await marks.nth(1).getAttribute('aria-label')) ?? '');

  await dots.getByRole('button', { name: 'Show the curves' }).click();
  await expect(playground.figure).toBeVisible();
  await page.getByRole('button', { name: 'Show the dots' }).click();
  await dots.getByRole('button', { name: 'Race plain-8, identity start alone against the walls' }).click();
  await playground.expectReady();
  expect(await playground.lanes()).toEqual(['plain-8', 'ResNet-8', 'plain-8, identity start']);
  await expect(dots).toBeHidden();
  await expect(playground.figure).toBeVisible();

  await page.getByRole('button', { name: 'Previous race', exact: true }).click();
  await expect(page.getByText('Sorted by error.')).toBeVisible();
  expect(await errorsOfRows()).toEqual(errors);
});
