import { expect } from '@playwright/test';
import { RESIDUAL, SMALL } from './support/experiments.ts';
import { address } from './support/playground-page.ts';
import { test } from './support/test.ts';

const wrongDepth = { lanes: [{ net: { family: 'plain', depth: 9 } }] };

for (const { what, link, sentence } of [
  {
    what: 'an unknown preset',
    link: address({ preset: 'nope' }),
    sentence: 'preset: "nope" is not one of degradation,',
  },
  {
    what: 'an experiment cut short',
    link: address({ experiment: SMALL }).slice(0, -30),
    sentence: 'the experiment in it is not JSON; it may have been cut short, copy it again',
  },
  {
    what: 'a depth that no net has',
    link: address({ experiment: wrongDepth }),
    sentence: 'experiment.lanes.0.net.depth: 9 is not 6n + 2; the nearest that is, up to 1202: 8 or 14',
  },
]) {
  test(`a link with ${what} is told, and the default preset opened`, async ({ page, playground }) => {
    await page.goto(link);
    await expect(playground.alert).toContainText(sentence);
    await playground.expectReady();
    expect(await playground.lanes()).toEqual(['plain-8', 'plain-32', 'ResNet-32']);
    await playground.alert.getByRole('button', { name: 'Dismiss' }).click();
    await expect(playground.alert).toHaveCount(0);
  });
}

test('what window.playground cannot load is refused with a sentence, and the race goes on', async ({
  page,
  playground,
}) => {
  await playground.open({ experiment: SMALL });
  await playground.stepBy(2);
  const [experiment, curves] = [await playground.experiment(), await playground.curves()];
  for (const [input, sentence] of [
    ['nope', 'preset: "nope" is not one of degradation'],
    [wrongDepth, 'experiment.lanes.0.net.depth: 9 is not 6n + 2'],
    [
      { ...SMALL, recipe: { batch: 1024, learningRate: 11 } },
      'experiment.recipe.learningRate: 11 is not a number from',
    ],
    [
      { recipe: { batch: 1024 }, lanes: [{ net: { family: 'plain', depth: 56, width: 256 } }] },
      'MemoryError: net plain-56: training it takes',
    ],
  ] as const) {
    const refused = page.evaluate((asked) => window.playground.load(asked), input);
    await expect(refused).rejects.toThrow(sentence);
  }
  expect(await playground.experiment()).toEqual(experiment);
  expect(await playground.curves()).toEqual(curves);
  await playground.stepBy(1);
  const then = await playground.curves();
  expect(await playground.replay(3)).toEqual(then);
});

for (const { what, cut } of [
  { what: 'missing', cut: null },
  { what: 'cut short', cut: 10_000 },
]) {
  test(`a data file that is ${what} is told by name, and found again once it is there`, async ({
    page,
    playground,
  }) => {
    await page.route('**/data/emoji-2-16.tiles', async (route) => {
      if (cut === null) return route.fulfill({ status: 404 });
      const response = await route.fetch();
      return route.fulfill({ response, body: (await response.body()).subarray(0, cut) });
    });
    await page.goto(address({ experiment: SMALL }));
    await expect(playground.alert).toContainText('emoji-2-16.tiles');
    await expect(playground.alert).toContainText('run "npm run data" or reload the page');
    await expect(playground.train).toBeDisabled();

    await page.unroute('**/data/emoji-2-16.tiles');
    await playground.reset.click();
    await playground.expectReady();
    await expect(playground.alert).toHaveCount(0);
    expect(await playground.lanes()).toContain(RESIDUAL);
    await playground.stepBy(1);
  });
}
