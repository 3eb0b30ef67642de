import { expect, type Locator, type Page } from '@playwright/test';

/** The question on the card of each figure of *Look inside*. */
const QUESTIONS = {
  'Feature maps': 'What does a block add to its input?',
  Gradients: 'Does the gradient vanish?',
  Branches: 'How much does each block change?',
  Lesions: 'Which block can a net spare?',
  Responses: 'How strongly does each layer respond?',
  Correlation: 'Do two batches pull the same way?',
  Shattering: 'Do similar images have similar gradients?',
  'Several lesions': 'How many blocks can a net spare at once?',
  Paths: 'How long are the paths through a net?',
  'Loss landscape': 'How steep is the loss around the weights?',
} as const;

export type ShortName = keyof typeof QUESTIONS;

export const SHORT_NAMES = Object.keys(QUESTIONS).filter((name): name is ShortName => name in QUESTIONS);

/** The name of the button on a figure's card. */
export function measureButton(short: ShortName): string {
  return `Measure: ${QUESTIONS[short]}`;
}

/** Opens a figure from its card; one of the later cards is unfolded first. */
export async function measure(page: Page, short: ShortName): Promise<void> {
  const inside = page.getByRole('region', { name: 'Look inside' });
  const card = inside.getByRole('button', { name: measureButton(short), exact: true });
  await inside
    .getByRole('button', { name: measureButton('Gradients') })
    .or(inside.getByRole('figure'))
    .first()
    .waitFor();
  if (!(await card.isVisible())) await inside.getByRole('button', { name: /more figures?$/ }).click();
  await card.click();
}

/** Waits until a figure is measured, which it is only while it is on the screen: an answer brings its button for a table. */
export async function waitUntilMeasured(figure: Locator, tableButton = 'Show as table'): Promise<void> {
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.getByRole('button', { name: tableButton })).toBeVisible({ timeout: 90_000 });
  // What is measured part by part has the button with its first part.
  await expect(figure).not.toHaveAttribute('aria-busy', 'true', { timeout: 90_000 });
}

/** Opens figures from their cards, one after the other, and waits until each is measured. */
export async function measureAll(page: Page, shorts: readonly ShortName[]): Promise<void> {
  for (const short of shorts) {
    await measure(page, short);
    await waitUntilMeasured(page.getByRole('figure').filter({ has: closeButton(page, short) }));
  }
}

/** Folds a figure to its card. */
export async function close(page: Page, short: ShortName): Promise<void> {
  await closeButton(page, short).click();
}

function closeButton(page: Page, short: ShortName): Locator {
  return page.getByRole('button', { name: `Close: ${QUESTIONS[short]}`, exact: true });
}
