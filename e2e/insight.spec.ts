import { expect } from '@playwright/test';
import { PLAIN, RESIDUAL, SMALL, TRAINED_ON } from './support/experiments.ts';
import { test } from './support/test.ts';

for (const { backend } of TRAINED_ON) {
  test(`nets are looked into while they train on ${backend}, and train as they do without`, async ({
    page,
    playground,
  }) => {
    // A software adapter compiles kernels for chunks of another size, and is slow.
    test.setTimeout(300_000);
    await playground.open({ backend, experiment: SMALL });
    await playground.train.click();
    await playground.comesTo(1);
    const found = await page.evaluate(
      async ([plain, residual]) => {
        const { probe, lesion } = window.playground;
        const gradients = await probe(residual, 'gradients');
        const cut = await lesion(residual, 'shortcut', 2);
        const landscape = await probe(plain, 'landscape', { over: 'line', points: 3, images: 8 });
        return { gradients, cut, losses: landscape.name === 'landscape' ? [...landscape.losses] : [] };
      },
      [PLAIN, RESIDUAL] as const,
    );
    await playground.pauseNow();
    expect(found.gradients).toMatchObject({ name: 'gradients', lane: RESIDUAL, ratio: expect.any(Number) });
    expect(found.gradients).toHaveProperty('layers.length', 14);
    expect(found.cut).toMatchObject({ study: 'together', lane: RESIDUAL, errors: { batch: expect.any(Number) } });
    expect(found.losses.filter((loss) => loss > 0)).toHaveLength(3);

    const [steps, curves] = [await playground.steps(), await playground.curves()];
    expect(found.cut.step).toBeLessThanOrEqual(steps);
    const undisturbed = await playground.replay(steps);
    for (const lane of [PLAIN, RESIDUAL]) expect(curves[lane]?.loss).toEqual(undisturbed[lane]?.loss);
  });
}
