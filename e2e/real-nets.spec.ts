import { readFile, writeFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { pretrainedOf } from '../src/core/data/pretrained.ts';
import { randomWeights } from '../src/testing/engine/family/random-weights.ts';
import { expectAccessible, expectAccessibleInBothThemes } from './support/accessible.ts';
import { SMALL } from './support/experiments.ts';
import { misfits } from './support/fits.ts';
import { destroyDevice, watchDevices } from './support/gpu-faults.ts';
import { address } from './support/playground-page.ts';
import { test } from './support/test.ts';

declare global {
  interface Window {
    /** Tracks of the stream that the page was given last. */
    cameraTracks?: readonly MediaStreamTrack[];
  }
}

const part = (page: Page) => page.getByRole('region', { name: 'Real nets', exact: true });

/** What went wrong; the region of it stands there before. */
const alertIn = (real: Locator) => real.getByRole('alert').filter({ hasText: /./ });

const RESNET_18 = pretrainedOf('ResNet-18');

test('a net is loaded from a file, asked, damaged block by block and released, while the race goes on', async ({
  page,
  playground,
}, info) => {
  test.setTimeout(240_000);
  const file = info.outputPath('resnet18.safetensors');
  await writeFile(file, randomWeights(RESNET_18));
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.getByRole('region', { name: 'The paper’s family', exact: true }).scrollIntoViewIfNeeded();
  const real = part(page);
  await expect(real.getByText('Load a net first')).toBeVisible();
  await playground.trainSlowly();

  await real.getByRole('combobox', { name: 'Net to load' }).selectOption('VGG-16');
  await real.getByLabel('Weights of VGG-16', { exact: true }).setInputFiles(file);
  await expect(alertIn(real)).toContainText(
    'Weights file: resnet18.safetensors is of another net: features.0.weight is missing',
  );
  await real.getByRole('combobox', { name: 'Net to load' }).selectOption('ResNet-18');
  await expect(alertIn(real)).toHaveCount(0);
  await real.getByLabel('Weights of ResNet-18', { exact: true }).setInputFiles(file);
  await expect(
    real.getByText(/^ResNet-18 from resnet18\.safetensors: 46\.8 MB of weights, on WebAssembly/),
  ).toBeVisible();

  await real.getByRole('button', { name: 'Drawing of a banana' }).click();
  const guesses = real.getByRole('list', { name: 'What it sees' }).getByRole('listitem');
  await expect(guesses).toHaveCount(5);
  await expect(guesses.first()).toContainText('%');
  await expect(real.getByText(/ms for this image; at most \d+\.\d MB of activations at once/)).toBeVisible();
  const banana = await guesses.allInnerTexts();

  const maps = real.getByRole('figure', { name: 'What the image becomes inside the net' });
  // A figure is measured only while it is on the screen.
  await maps.scrollIntoViewIfNeeded();
  await maps.getByRole('combobox', { name: 'Where to look' }).selectOption('Block 8');
  await expect(maps.getByText('Block 8: 7×7, 36 of 512 channels, those that vary most')).toBeVisible();
  await expect(maps.getByRole('img', { name: /^F\(x\): 36 channels of 7×7/ })).toBeVisible();
  await maps.getByRole('combobox', { name: 'What to show' }).selectOption('after convolution 1');
  await maps.getByRole('button', { name: 'Show as table' }).click();
  await expect(maps.getByRole('row')).toHaveCount(37);
  await real.getByRole('figure', { name: 'Size of the branch' }).scrollIntoViewIfNeeded();
  await expect(real.getByText(/On average a branch is \d\.\d\d times as large/)).toBeVisible();
  await expect(real.getByRole('img', { name: /^Evidence for .* at 7×7 places/ })).toBeVisible();
  // The photograph, and the evidence over it.
  const evidence = real.getByRole('figure').filter({ has: page.getByRole('img', { name: /^Evidence for / }) });
  await evidence.getByRole('button', { name: /^Save/ }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'SVG' }).click(),
  ]);
  expect((await readFile(await saved.path(), 'utf8')).match(/<image /g)).toHaveLength(2);

  const damage = real.getByRole('region', { name: 'Block by block' });
  const rows = damage.getByRole('region', { name: 'The table of blocks' }).getByRole('row');
  await damage.getByRole('button', { name: 'Measure' }).click();
  await expect(rows).toHaveCount(9);
  await expect(
    damage.getByText(/^With one block deleted at a time, the answer stays the same for \d of 8 blocks\.$/),
  ).toBeVisible();
  const branches = await rows.allInnerTexts();
  await damage.getByRole('radio', { name: 'Cut its shortcut' }).click();
  await damage.getByRole('button', { name: 'Measure' }).click();
  await expect(
    damage.getByText(/^With one shortcut cut at a time, the answer stays the same for \d of 8 blocks\.$/),
  ).toBeVisible();
  expect(await rows.allInnerTexts()).not.toEqual(branches);
  await expectAccessibleInBothThemes(page, '[aria-label="Real nets"]');

  // A file of one's own, and the training, which has gone on undisturbed.
  const picture = {
    name: 'mine.png',
    mimeType: 'image/png',
    buffer: await page.request.get('data/pictures/zebra.png').then((got) => got.body()),
  };
  await real.getByLabel('Choose an image').setInputFiles(picture);
  await expect(real.getByRole('img', { name: 'The image: mine.png' })).toBeVisible();
  await expect.poll(() => guesses.allInnerTexts()).not.toEqual(banana);
  await expect.poll(() => playground.steps()).toBeGreaterThan(0);
  await real.getByRole('button', { name: 'Unload' }).click();
  await expect(real.getByText('Load a net first')).toBeVisible();
  const workers = () => page.workers().filter((worker) => worker.url().includes('pretrained')).length;
  await expect.poll(workers).toBe(0);
});

test('weights that are fetched by name are kept; a fetch that was cancelled goes on after a reload', async ({
  page,
  playground,
}) => {
  const file = Buffer.from(randomWeights(RESNET_18));
  const half = 20_000_000;
  const asked: (string | undefined)[] = [];
  // Redirects, and servers that do worse: src/data/sources/download.test.ts.
  await page.route('https://huggingface.co/**', (route) => {
    const request = route.request();
    expect(request.url()).toBe('https://huggingface.co/timm/resnet18.tv_in1k/resolve/main/model.safetensors');
    const { range } = request.headers();
    asked.push(range);
    const from = range === undefined ? 0 : half;
    // The first answer breaks off, and nothing comes of the second one until it is cancelled.
    if (asked.length === 2) return;
    return route.fulfill({
      status: range === undefined ? 200 : 206,
      headers: {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': 'ETag',
        'Content-Length': String(file.length - from),
        ETag: '"a"',
      },
      body: file.subarray(from, asked.length === 1 ? half : undefined),
    });
  });
  const family = page.getByRole('region', { name: 'The paper’s family', exact: true });
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await family.scrollIntoViewIfNeeded();
  const kept = part(page).getByRole('region', { name: 'Weights saved in this browser' });
  await part(page).getByRole('button', { name: 'Download weights' }).click();
  await expect(part(page).getByText('43%')).toBeVisible();
  await expect.poll(() => asked.length).toBe(2);
  await part(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(kept).toContainText('20.0 MB of 46.8 MB');

  await page.reload();
  await family.scrollIntoViewIfNeeded();
  await part(page).getByRole('button', { name: 'Download the rest' }).click();
  const loaded = part(page).getByText(/^ResNet-18 from timm\/resnet18\.tv_in1k: 46\.8 MB of weights/);
  await expect(loaded).toBeVisible();
  expect(asked).toEqual([undefined, `bytes=${half}-`, `bytes=${half}-`]);

  await page.reload();
  await family.scrollIntoViewIfNeeded();
  await part(page).getByRole('button', { name: 'Load its weights' }).click();
  await expect(loaded).toBeVisible();
  expect(asked.length).toBe(3);
  await kept.getByRole('button', { name: 'Delete the weights of timm/resnet18.tv_in1k' }).click();
  await part(page).getByRole('button', { name: 'Unload' }).click();
  await expect(kept).toHaveCount(0);
  await expect(part(page).getByRole('button', { name: 'Download weights' })).toBeVisible();
});

test('the camera is asked for, takes a picture and stops when it is closed; where it is not allowed, that is said', async ({
  complaints,
  page,
  playground,
}) => {
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wish) => {
      const stream = await open(wish);
      window.cameraTracks = stream.getTracks();
      return stream;
    };
  });
  const real = part(page);
  const useCamera = async () => {
    await playground.expectReady();
    await page.getByRole('region', { name: 'The paper’s family', exact: true }).scrollIntoViewIfNeeded();
    await real.getByRole('button', { name: 'Use the camera' }).click();
  };
  const isPage = (url: URL) => url.pathname === '/';
  await page.route(isPage, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'permissions-policy': 'camera=()' } });
  });
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await useCamera();
  await expect(alertIn(real)).toContainText('Camera: this page may not use it');
  expect(complaints.splice(0)).toEqual(['Permissions policy violation: camera is not allowed in this document.']);

  await real.getByRole('button', { name: 'Close the camera' }).click();
  await expect(alertIn(real)).toHaveCount(0);
  await expect(real.getByRole('button', { name: 'Use the camera' })).toBeVisible();

  await page.unroute(isPage);
  await page.reload();
  await useCamera();
  await real.getByRole('button', { name: 'Take a picture' }).click();
  await expect(real.getByRole('img', { name: 'The image: picture from the camera' })).toBeVisible();
  await expectAccessible(page, '[aria-label="Real nets"]');
  const states = () => page.evaluate(() => window.cameraTracks?.map(({ readyState }) => readyState));
  expect(await states()).toEqual(['live']);
  await real.getByRole('button', { name: 'Close the camera' }).click();
  await expect.poll(states).toEqual(['ended']);
});

test('on WebGPU a net says what it says on WebAssembly, also where its device is lost meanwhile', async ({
  page,
}, info) => {
  test.setTimeout(300_000);
  const patience = { timeout: 100_000 };
  const file = info.outputPath('resnet18.safetensors');
  await writeFile(file, randomWeights(RESNET_18));
  const real = part(page);
  const load = async (backend: string, told: RegExp) => {
    await page.goto(address({ backend, experiment: SMALL }));
    await page.getByRole('region', { name: 'The paper’s family', exact: true }).scrollIntoViewIfNeeded();
    await real.getByLabel('Weights of ResNet-18', { exact: true }).setInputFiles(file);
    await expect(real.getByText(told)).toBeVisible(patience);
  };
  const guesses = real.getByRole('list', { name: 'What it sees' }).getByRole('listitem');
  const answer = async () => {
    await expect(guesses).toHaveCount(5, patience);
    const texts = await guesses.allInnerTexts();
    return texts.map((text) => {
      const [name, share = ''] = text.split('\n');
      return { name, percent: Number.parseFloat(share) };
    });
  };
  await watchDevices(page);
  await load('webgpu', /of weights, on WebGPU, SwiftShader/);
  await destroyDevice(page, 'pretrained');
  await real.getByRole('button', { name: 'Drawing of a zebra' }).click();
  await expect(real.getByText('Its device was lost; the net was loaded again')).toBeVisible(patience);
  await expect(real.getByText(/of weights, on WebGPU, SwiftShader/)).toBeVisible();
  const onWebGpu = await answer();
  await load('wasm', /of weights, on WebAssembly/);
  await real.getByRole('button', { name: 'Drawing of a zebra' }).click();
  const onWasm = await answer();
  expect(onWasm.map(({ name }) => name)).toEqual(onWebGpu.map(({ name }) => name));
  for (const [nth, { percent }] of onWasm.entries()) {
    expect(Math.abs(percent - (onWebGpu[nth]?.percent ?? Number.NaN))).toBeLessThan(0.25);
  }
});

test('on a phone nothing of it is wider than the screen', async ({ page, playground }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.getByRole('region', { name: 'The paper’s family', exact: true }).scrollIntoViewIfNeeded();
  await expect(part(page)).toBeVisible();
  expect(await misfits(page)).toEqual([]);
});
