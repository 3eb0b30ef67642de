import { deepStrictEqual, equal, notDeepStrictEqual, ok } from 'node:assert/strict';
import { type DeviceInfo, MOST_THREADS } from '../../src/core/experiment/device.ts';
import type { PlainCurve } from '../../src/features/share/playground.ts';
import { type Colours, coloursOf, differ } from './colours.ts';
import { type Curves, curvesUpTo, readExpected, TINY } from './expected.ts';
import { findElement } from './find-element.ts';
import type { JourneyPage } from './journey-page.ts';
import type { OwnFiles } from './own-files.ts';
import { takeComplaints } from './watched-build.ts';

/** What a step works with. */
export interface Visit {
  readonly page: JourneyPage;
  readonly files: OwnFiles;
  /** Whether the host sends the headers of cross-origin isolation. */
  readonly headers: boolean;
}

export interface Step {
  readonly name: string;
  readonly take: (visit: Visit) => Promise<void>;
}

const TINY_ADDRESS = './?preset=tiny&backend=wasm';

/** Errors, losses and tests of all nets so far, to the last bit. */
export function curvesOf(page: JourneyPage): Promise<Curves> {
  return page.run(() => {
    const plain = ({ trainError, loss, testError }: PlainCurve) => ({ trainError, loss, testError });
    return Object.fromEntries(Object.entries(window.playground.curves()).map(([lane, curve]) => [lane, plain(curve)]));
  });
}

export function deviceOf(page: JourneyPage): Promise<DeviceInfo | null> {
  return page.run(() => window.playground.device);
}

async function train(page: JourneyPage, rounds: number): Promise<void> {
  await page.run((count) => window.playground.step(count), rounds);
}

/** Cuts the shortcut of `TINY` as a person does. */
async function cut(page: JourneyPage): Promise<void> {
  const lane = { role: 'region', name: TINY.lane } as const;
  const shortcut = { role: 'switch', name: `Shortcut ${TINY.block}`, within: lane } as const;
  await page.click(shortcut);
  await page.until(
    'a shortcut that is cut',
    (where) => findElement(where)?.getAttribute('aria-checked') === 'false',
    shortcut,
  );
}

/** All that the journey does to `tiny`, without a break. */
export async function trainTiny(page: JourneyPage): Promise<void> {
  await page.open(TINY_ADDRESS);
  await train(page, TINY.cutAt);
  await cut(page);
  await train(page, TINY.steps - TINY.cutAt);
}

/** Saves the curves as SVG and gives the colours of the nets in the file. */
export async function savedColours(page: JourneyPage): Promise<Colours> {
  await page.run(() => {
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      if (blob instanceof Blob && blob.type.startsWith('image/svg')) Object.assign(window, { savedPicture: blob });
      return create.call(URL, blob);
    };
  });
  await page.click({ role: 'button', name: 'More about the curves' });
  await page.click({ role: 'button', name: 'Save: Training error by step' });
  await page.click({ role: 'menuitem', name: 'Picture as SVG' });
  const svg = await page.until('a saved picture', () => {
    const saved: unknown = Reflect.get(window, 'savedPicture');
    return saved instanceof Blob ? saved.text() : null;
  });
  return coloursOf(svg);
}

/** The curves are those of this many stored steps, and no more. */
async function expectStored(page: JourneyPage, steps: number): Promise<void> {
  const { simd } = (await deviceOf(page)) ?? {};
  ok(simd !== undefined, 'the device does not say which SIMD it computes with');
  deepStrictEqual(await curvesOf(page), curvesUpTo(readExpected().curves[simd], steps));
}

/** Opens the dialog for a person's own data, gives it a file and uses what is found in it. */
async function useOwn(page: JourneyPage, path: string, isTable: boolean): Promise<void> {
  const dialog = { role: 'dialog', name: '/Your own data/' } as const;
  const own = { role: 'button', name: 'Your images…' } as const;
  // The lab is closed at first, and stays open once it was opened.
  if (await page.run((where) => findElement(where) === null, own)) await page.click({ role: 'button', name: 'Lab' });
  await page.click(own);
  await page.upload({ role: 'file', name: 'Choose files', within: dialog }, path);
  if (isTable) await page.click({ role: 'button', name: 'Read these images', within: dialog });
  await page.expectThere(dialog, 'images for training');
  const before = await page.run(() => window.playground.experiment.data);
  await page.click({ role: 'button', name: 'Use these images', within: dialog });
  await page.until(
    'a race on these images',
    (old) => JSON.stringify(window.playground.experiment.data) !== old,
    JSON.stringify(before),
  );
  await page.expectReady();
}

/** Trains five steps of a small race on the data that are open now; gives the curves. */
async function trainOnOwn(page: JourneyPage): Promise<Curves> {
  await page.run(async () => {
    const { data } = window.playground.experiment;
    await window.playground.load({ data, recipe: { batch: 8 }, lanes: [{ net: { family: 'residual', depth: 8 } }] });
    await window.playground.step(5);
  });
  return curvesOf(page);
}

export const JOURNEY: readonly Step[] = [
  {
    name: 'opens and can be trained',
    take: async ({ page }) => page.open(TINY_ADDRESS),
  },
  {
    name: 'is isolated and has its threads',
    take: async ({ page, headers }) => {
      const [isolated, served, cores] = await page.run(
        () =>
          [crossOriginIsolated, navigator.serviceWorker.controller !== null, navigator.hardwareConcurrency] as const,
      );
      equal(isolated, true);
      // With the host's headers the service worker is there for visits without a network, and comes later.
      if (!headers) equal(served, true);
      const threads = Math.min(cores, MOST_THREADS);
      const device = await deviceOf(page);
      equal(device?.backend, 'wasm');
      ok(new RegExp(`^(\\d+ of )?${threads} threads?$`).test(device?.adapter ?? ''), `threads: ${device?.adapter}`);
      await page.click({ role: 'button', name: 'More' });
      await page.expectThere({ role: 'dialog', name: 'More' }, `${threads} threads?, ${device?.simd} SIMD`);
      await page.click({ role: 'button', name: 'More' });
    },
  },
  {
    name: `${TINY.cutAt} steps of tiny are the stored ones, to the last bit`,
    take: async ({ page }) => {
      await train(page, TINY.cutAt);
      await expectStored(page, TINY.cutAt);
    },
  },
  {
    name: 'a shortcut is cut, and the steps after it are the stored ones',
    take: async ({ page }) => {
      await cut(page);
      await train(page, TINY.slowStep - 1 - TINY.cutAt);
      await expectStored(page, TINY.slowStep - 1);
    },
  },
  {
    name: 'a probe measures the nets, and its figure is drawn',
    take: async ({ page }) => {
      await page.click({ role: 'button', name: 'Measure: Does the gradient vanish?' });
      const figure = { role: 'figure', name: 'Gradient by layer' } as const;
      await page.until(
        'a line of the deepest net of each family',
        (where) => {
          const element = findElement(where);
          element?.scrollIntoView({ block: 'center', behavior: 'instant' });
          return element?.querySelectorAll('[class*="_mean_"]:not([class*="_faint_"])').length === 2;
        },
        figure,
      );
      const result = await page.run((lane) => window.playground.probe(lane, 'gradients'), TINY.lane);
      ok(result.name === 'gradients');
      deepStrictEqual(
        result.layers.filter(({ norm }) => !(norm > 0 && norm < 1000)),
        [],
      );
    },
  },
  {
    name: 'a round in slow motion is shown, and is the stored one',
    take: async ({ page }) => {
      const panel = { role: 'region', name: 'Slow motion' } as const;
      await page.click({ role: 'button', name: 'Slow motion' });
      await page.expectThere(panel, `step ${TINY.slowStep}`);
      await page.click({ role: 'button', name: 'Pause', within: panel });
      await page.click({ role: 'button', name: 'Next instruction', within: panel });
      await page.until('a block that is lit', () => document.querySelector('[data-block][data-lit]') !== null);
      await page.press('Escape');
      await expectStored(page, TINY.slowStep);
    },
  },
  {
    name: 'a drawing is told by every net',
    take: async ({ page }) => {
      const part = { role: 'region', name: 'Draw one image' } as const;
      await page.click({ role: 'button', name: 'Draw one' });
      const { x, y } = await page.pointOn({ role: 'application', name: 'Drawing pad', within: part });
      const stroke = [-60, -20, 20, 60].map((across) => ({ x: x + across, y: y + across / 2 }));
      await page.driver.drag(stroke);
      const told = { role: 'list', name: 'What the nets say', within: part } as const;
      await page.expectThere(told, 'plain-8.*(Noto|Twemoji|Fluent|OpenMoji)');
      equal(await page.run((where) => findElement(where)?.children.length, told), 3);
      await page.click({ role: 'button', name: 'Close the drawing pad', within: part });
    },
  },
  {
    name: 'a saved picture has the right colours',
    take: async ({ page }) => {
      deepStrictEqual(differ(await savedColours(page), readExpected().colours), []);
    },
  },
  {
    name: 'after a reload the race resumes, to the last bit',
    take: async ({ page }) => {
      await page.until(
        'a race that is kept',
        (step) => document.body.textContent?.includes(`saved at step ${step}`),
        TINY.slowStep,
      );
      await page.reload();
      await page.click({ role: 'button', name: 'Resume' });
      await page.until(
        'the step where it stood',
        (step) =>
          [...document.querySelectorAll('[role=status]')].some(({ textContent }) =>
            new RegExp(`^step\\s*${step}(\\D|$)`).test(textContent ?? ''),
          ),
        TINY.slowStep,
      );
      await train(page, TINY.steps - TINY.slowStep);
      await expectStored(page, TINY.steps);
    },
  },
  {
    name: 'a copied link opens the same race, which trains to the same curves',
    take: async ({ page }) => {
      await page.click({ role: 'button', name: 'More' });
      await page.click({ role: 'button', name: 'Copy a link to this experiment' });
      await page.until('an address with the experiment', () => /[#&](x|experiment)=/.test(location.hash));
      const [link, experiment] = await page.run(() => [location.href, window.playground.experiment] as const);
      await page.open(link);
      deepStrictEqual(await page.run(() => window.playground.experiment), experiment);
      await train(page, TINY.steps);
      await expectStored(page, TINY.steps);
    },
  },
  {
    name: 'a zip and a Parquet file are trained on, and are kept over a reload',
    take: async ({ page, files }) => {
      await useOwn(page, files.zip, false);
      const [pets, onPets] = [await page.run(() => window.playground.experiment), await trainOnOwn(page)];
      await useOwn(page, files.parquet, true);
      const onDigits = await trainOnOwn(page);
      notDeepStrictEqual(onDigits, onPets);
      const digits = await page.run(() => window.playground.experiment);
      await page.open(TINY_ADDRESS);
      for (const [experiment, before] of [
        [pets, onPets],
        [digits, onDigits],
      ] as const) {
        await page.run((kept) => window.playground.load(kept), experiment);
        deepStrictEqual(await trainOnOwn(page), before);
      }
    },
  },
  {
    name: 'nothing was complained of',
    take: async ({ page }) => {
      const alerts = await page.run(() =>
        [...document.querySelectorAll('[role=alert]')].map((each) => each.textContent),
      );
      const told = [...(await page.run(takeComplaints)), ...alerts.filter(Boolean)];
      deepStrictEqual(told, []);
    },
  },
];

/** What a browser that forges what is read back from a canvas must still do. */
export const AGAINST_FINGERPRINTS: readonly Step[] = [
  {
    name: 'opens, trains and saves a picture with the right colours',
    take: async ({ page }) => {
      await page.open(TINY_ADDRESS);
      await train(page, TINY.slowStep);
      deepStrictEqual(differ(await savedColours(page), readExpected().colours), []);
    },
  },
];
