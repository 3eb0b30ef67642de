import { expect, type Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from './support/accessible.ts';
import { test } from './support/test.ts';

/** Chapters train a hundred steps and more; on a busy machine that takes minutes. */
const WHOLE_LESSON = 900_000;
/** One race to its end. */
const ONE_RACE = 240_000;

const CHAPTERS = 8;

/** The strip of the lesson, and what stands in it. */
function stripOf(page: Page) {
  const strip = page.locator('[data-lesson]');
  return {
    strip,
    answers: strip.getByRole('radio'),
    crumb: (text: string) => strip.getByText(text, { exact: true }),
    /** The one thing to do next, in the strip or in the header. */
    next: page.locator('button.primary:not(:disabled, [aria-disabled="true"])'),
    outcome: page.locator('[data-lesson][data-page="outcome"]'),
  };
}

/** Does deeds by `press` until the outcome of the chapter is there; answers by `answer` what is asked on the way. */
async function playChapter(page: Page, press: () => Promise<void>, answer: () => Promise<void>): Promise<void> {
  const { outcome } = stripOf(page);
  for (;;) {
    const next = await page.waitForFunction(whatIsNext, null, { timeout: ONE_RACE, polling: 100 });
    const before = await page.evaluate(whatIsShown);
    const { type, filled } = await next.evaluate((found) => found || { type: 'nothing', filled: 0 });
    expect(filled).toBeLessThanOrEqual(1);
    if (type === 'outcome') break;
    await (type === 'question' ? answer() : press());
    // What was pressed shows at once; where it was pressed too early, it is pressed again.
    const answered = async () => expect(await page.evaluate(whatIsShown)).not.toBe(before);
    await expect(answered)
      .toPass({ timeout: 3000, intervals: [50] })
      .catch(() => undefined);
  }
  await expect(outcome).toHaveCount(1);
  // The next thing to do is filled with ink, and nothing else.
  await expect(page.locator('button.primary').filter({ visible: true })).toHaveCount(1);
}

/**
 * The outcome, a further question, or a deed that has not been pressed yet; null while something runs. All at one time: what
 * is next after the outcome is the next chapter. Runs in the page.
 */
function whatIsNext(): { readonly type: 'outcome' | 'question' | 'deed'; readonly filled: number } | null {
  const strip = document.querySelector('[data-lesson]');
  const page = strip?.getAttribute('data-page');
  const buttons = [...document.querySelectorAll('button.primary')].filter((button) => button.checkVisibility());
  const filled = buttons.length;
  if (page === 'outcome') return { type: 'outcome', filled };
  if (page === 'further' && strip?.querySelector('[role="radio"][aria-checked="true"]') === null)
    return { type: 'question', filled };
  const text = buttons.find((button) => !button.matches(':disabled, [aria-disabled="true"]'))?.textContent?.trim();
  return text === undefined || /^(Pause|暂停|)$/.test(text) ? null : { type: 'deed', filled };
}

/** The words of the strip and of what is next. Runs in the page. */
function whatIsShown(): string {
  const parts = [...document.querySelectorAll<HTMLElement>('[data-lesson], button.primary')];
  return parts.map((part) => `${part.innerText}${part.matches(':disabled, [aria-disabled="true"]')}`).join();
}

/** Where strip, nets, sentence and charts begin, in CSS pixels from the top of the page. */
async function tops(page: Page): Promise<readonly number[]> {
  return page.evaluate(() =>
    ['[data-lesson]', '#nets', '#charts'].map((selector) =>
      Math.round((document.querySelector(selector)?.getBoundingClientRect().top ?? Number.NaN) + scrollY),
    ),
  );
}

/** On a device where a chapter took long, they are short; no other chapter has this number. Runs in the page. */
function tookLong(): void {
  const nothing = { on: true, waiting: 1, answers: [], outcomes: [] };
  const kept = JSON.parse(localStorage.getItem('lesson') ?? JSON.stringify(nothing));
  localStorage.setItem('lesson', JSON.stringify({ ...kept, seconds: [...(kept.seconds ?? []), [0, 90]] }));
}

/** Who comes for the first time has the lab closed. Runs in the page. */
function closeLab(): void {
  localStorage.removeItem('lab');
}

/** One at full length, and one with a step in slow motion over the curves. */
const BY_MOUSE = [1, 4] as const;
/** All but the one in slow motion, which is left to the mouse; the last is optional. */
const BY_KEYBOARD: readonly number[] = [1, 2, 3, 5, 6, 7, CHAPTERS, CHAPTERS + 1];

test('two chapters are played in Chinese by mouse, the first at full length, and nothing jumps', async ({ page }) => {
  test.setTimeout(WHOLE_LESSON);
  await page.addInitScript(closeLab);
  const { strip, answers, crumb, next, outcome } = stripOf(page);
  const begins = (chapter: number) => expect(crumb(`第 ${chapter} 章，共 ${CHAPTERS} 章`)).toBeVisible();
  for (const chapter of BY_MOUSE) {
    await page.goto(chapter === 1 ? './?lang=zh&backend=wasm' : `./?chapter=${chapter}&lang=zh&backend=wasm`);
    await begins(chapter);
    await expect(page.getByRole('button', { name: '重置' })).toBeEnabled();
    if (chapter === 1) {
      // Train never refuses in silence.
      await page.getByRole('button', { name: '训练', exact: true }).click();
      await expect(answers.first()).toBeFocused();
      await expect(strip.getByRole('status')).toHaveText('先猜一猜，猜错也没关系。');
      await expect(page.getByRole('region', { name: 'ResNet-32', exact: true })).toBeHidden();
    }
    const asked = await tops(page);
    await answers.nth(chapter % 3).click();
    // The race of the chapter stands, and what is to be done with it can be done.
    await expect(next.filter({ visible: true })).toHaveCount(1, { timeout: ONE_RACE });
    const before = await tops(page);
    if (chapter === 1) expect(before).toEqual(asked);
    await playChapter(
      page,
      () => next.first().click(),
      () => answers.nth(1).click(),
    );
    expect(await tops(page)).toEqual(before);
    if (chapter === 1) {
      await expect(page.getByRole('region', { name: 'ResNet-32', exact: true })).toBeVisible();
      await expectAccessibleInBothThemes(page);
      await outcome.locator('button.primary').click();
      await begins(2);
      await page.evaluate(tookLong);
    }
  }
  await expect(strip.locator('a[data-done]')).toHaveCount(BY_MOUSE.length);
  await page.goto(`./?chapter=${CHAPTERS + 1}&lang=zh&backend=wasm`);
  await expect(crumb('第 9 章，选读')).toBeVisible();
});

test('all chapters but one are played in English by keyboard alone, short as on a slow device', async ({ page }) => {
  test.setTimeout(WHOLE_LESSON);
  await page.addInitScript(tookLong);
  const { strip, answers, crumb } = stripOf(page);
  for (const [nth, chapter] of BY_KEYBOARD.entries()) {
    if (BY_KEYBOARD[nth - 1] !== chapter - 1) await page.goto(`./?chapter=${chapter}&lang=en&backend=wasm`);
    await expect(
      crumb(chapter > CHAPTERS ? `Chapter ${chapter}, optional` : `Chapter ${chapter} of ${CHAPTERS}`),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: 'Reset' })).toBeEnabled();
    // A step too far asks for the answer first.
    await page.keyboard.press('PageDown');
    await expect(answers.first()).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(answers.nth(1)).toBeChecked();
    await playChapter(
      page,
      () => page.keyboard.press('PageDown'),
      async () => {
        await page.keyboard.press('PageDown');
        await expect(answers.first()).toBeFocused();
        await page.keyboard.press('Enter');
      },
    );
    // The last of the eight led down to the family, where the key would scroll.
    await page.evaluate(() => scrollTo(0, 0));
    if (BY_KEYBOARD[nth + 1] === chapter + 1) await page.keyboard.press('PageDown');
  }
  await expect(strip.locator('a[data-done]')).toHaveCount(BY_KEYBOARD.length);
});

test('a chapter opens by its link; exploring is remembered, and the lesson comes back where it was', async ({
  page,
}) => {
  await page.goto('./?chapter=5&backend=wasm');
  const { strip, crumb } = stripOf(page);
  await expect(crumb('Chapter 5 of 8')).toBeVisible();
  await expect(page.getByRole('region', { name: 'plain-56', exact: true })).toBeVisible();
  await strip.getByRole('button', { name: 'Explore freely' }).click();
  await expect(strip).toBeHidden();
  expect(new URL(page.url()).searchParams.has('chapter')).toBe(false);
  await page.goto('./?backend=wasm');
  await expect(page.getByRole('region', { name: 'plain-8', exact: true })).toBeVisible();
  await expect(strip).toBeHidden();
  await page.getByRole('button', { name: 'Back to the lesson' }).click();
  await expect(crumb('Chapter 5 of 8')).toBeVisible();
  await expect(page.getByRole('region', { name: 'plain-56', exact: true })).toBeVisible();
});
