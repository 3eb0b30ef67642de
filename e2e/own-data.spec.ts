import { expect } from '@playwright/test';
import { zipSync } from 'fflate';
import { fileAt, type HubAnswer, type HubFile, listAnswer, partAnswer } from '../src/testing/data/hub-answers.ts';
import { imagesParquet } from '../src/testing/data/parquet-files.ts';
import { petsZip } from '../src/testing/data/pets.ts';
import { cifarRecords, pngOf, tarGz } from '../src/testing/data/true-formats.ts';
import { expectAccessible } from './support/accessible.ts';
import { SMALL } from './support/experiments.ts';
import { address } from './support/playground-page.ts';
import { test } from './support/test.ts';

/** The images of two classes, and a file of another kind. */
const pets = () => Buffer.from(petsZip({ 'pets/notes.txt': new Uint8Array(4) }));

async function cifar(): Promise<Buffer> {
  const batch = (seed: number) =>
    cifarRecords(...Array.from({ length: 20 }, (_, n) => [[(n + seed) % 10], (n * 12 + seed) % 256] as const));
  const files = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`cifar-10-batches-bin/data_batch_${n}.bin`, batch(n)]));
  return Buffer.from(await tarGz({ ...files, 'cifar-10-batches-bin/test_batch.bin': batch(9) }));
}

test('a person’s images are looked at, trained on, kept over a reload, shared and deleted', async ({ playground }) => {
  const { page } = playground;
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.getByRole('button', { name: 'Your images…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your own data' });
  const files = dialog.getByLabel('Choose files');
  await expectAccessible(page, '[role=dialog]');

  await files.setInputFiles({
    name: 'notes.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from(zipSync({ 'a.txt': new Uint8Array(3) })),
  });
  await expect(dialog.getByRole('alert')).toContainText(
    'Data set: notes.zip has nothing of use (a.txt: neither an image',
  );

  await files.setInputFiles({ name: 'pets.zip', mimeType: 'application/zip', buffer: pets() });
  await expect(dialog).toContainText('Folders: 32 images for training, 8 for testing');
  await expect(dialog.getByRole('row', { name: /cat/ })).toContainText('164');
  await expect(dialog).toContainText('One file or row is left out');
  await dialog.getByRole('radio', { name: '16', exact: true }).click();
  await expect(dialog).toContainText('At 16×16, the nets of this race take 4.0 times as many multiply-adds as now');
  await expectAccessible(page, '[role=dialog]');
  await dialog.getByRole('button', { name: 'Use these images' }).click();

  await expect(page.getByLabel('Data set', { exact: true })).toHaveValue(/^[0-9a-f]{64}$/);
  await expect(page.getByText('32 images for training, 8 for testing')).toBeVisible();
  const curve = async () => {
    await page.evaluate(() => window.playground.step(10));
    return page.evaluate(() => window.playground.curves()['ResNet-14']?.loss);
  };
  const first = await curve();
  expect(first).toHaveLength(10);
  const experiment = await page.evaluate(() => JSON.stringify(window.playground.experiment));
  expect(JSON.parse(experiment).data).toMatchObject({ size: 16, made: 16 });

  // Another day, by the link that was shared.
  await page.goto(address({ backend: 'wasm', experiment: JSON.parse(experiment) }));
  await page.reload();
  await playground.expectReady();
  expect(await curve()).toEqual(first);

  // Gone: the link says what it needs, and gets it.
  await page.getByLabel('Data set', { exact: true }).selectOption('emoji');
  await expect(page.getByText('drawings for training')).toBeVisible();
  await page.getByRole('button', { name: 'Your images…' }).click();
  await dialog.getByRole('button', { name: 'Delete pets' }).click();
  await expect(dialog.getByText('Saved in this browser', { exact: true })).toBeHidden();
  // The address followed the page to the emoji.
  await page.goto(address({ backend: 'wasm', experiment: JSON.parse(experiment) }));
  await page.reload();
  await expect(playground.alert).toContainText('"pets" (content');
  await page.getByRole('button', { name: 'Your images…' }).click();
  await expect(dialog).toContainText('This link’s experiment needs “pets”');
  await files.setInputFiles({ name: 'pets.zip', mimeType: 'application/zip', buffer: pets() });
  await dialog.getByRole('button', { name: 'Use these images' }).click();
  await expect(page.getByLabel('Data set', { exact: true })).toHaveValue(/^[0-9a-f]{64}$/);
  await playground.expectReady();
  expect(await curve()).toEqual(first);
});

test('the level of folders that the classes are can be chosen before the images are used', async ({ playground }) => {
  const { page } = playground;
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.getByRole('button', { name: 'Your images…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your own data' });
  const places = ['cat/day', 'cat/night', 'dog/day', 'dog/day'];
  const files = places.flatMap((place, at) =>
    [1, 2].map((n) => [`pets/${place}/${at}${n}.png`, pngOf(at, n, 9)] as const),
  );
  await dialog.getByLabel('Choose files').setInputFiles({
    name: 'pets.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from(zipSync(Object.fromEntries(files))),
  });
  await expect(dialog.getByRole('row', { name: /cat/ })).toContainText('31');
  await dialog.getByLabel('Classes are').selectOption('day, night (2 folders)');
  await expect(dialog.getByRole('row', { name: /day/ })).toContainText('51');
  await expect(dialog.getByRole('row', { name: /cat/ })).toBeHidden();
  await expectAccessible(page, '[role=dialog]');
});

test('CIFAR-10’s archive can be dropped on the page', async ({ playground }) => {
  const { page } = playground;
  await playground.open({ backend: 'wasm', experiment: SMALL });
  const bytes = (await cifar()).toString('base64');
  const transfer = await page.evaluateHandle((base64) => {
    const transfer = new DataTransfer();
    const all = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    transfer.items.add(new File([all], 'cifar-10-binary.tar.gz'));
    return transfer;
  }, bytes);
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
  const dialog = page.getByRole('dialog', { name: 'Your own data' });
  await expect(dialog).toContainText('CIFAR-10: 100 images for training, 20 for testing');
  await expect(dialog.getByLabel('Name')).toHaveValue('CIFAR-10');
  await dialog.getByRole('button', { name: 'Use these images' }).click();
  await expect(page.getByLabel('Data set', { exact: true }).locator('option:checked')).toHaveText('CIFAR-10');
  await page.evaluate(() => window.playground.step(2));
});

/** Digits that differ in colour, of which the first has a label that no class has. */
function digits(count: number): Uint8Array {
  const rows = Array.from({ length: count }, (_, n) => ({
    image: pngOf(n % 256, 25 * (n % 10), n >> 8),
    label: n % 10,
  }));
  return imagesParquet([{ image: pngOf(0, 0, 0), label: 10 }, ...rows], { classes: [...'0123456789'] });
}

test('a part of a data set of Hugging Face is fetched by its name, goes on after it was cancelled, and is trained on', async ({
  playground,
}) => {
  const { page } = playground;
  const files: readonly HubFile[] = (['train', 'test'] as const).map((split) => {
    return { dataset: 'ylecun/mnist', config: 'mnist', split, bytes: digits(split === 'train' ? 1500 : 150) };
  });
  const asked: string[] = [];
  let held = 0;
  let hold: Promise<void> | null = null;
  // Redirects, broken connections and servers without ranges: src/data/hub/hub.test.ts.
  await page.route(/^https:\/\/([\w-]+\.)?huggingface\.co\//, async (route) => {
    const url = new URL(route.request().url());
    const { range } = route.request().headers();
    const file = fileAt(files, url.pathname);
    asked.push(`${url.pathname} ${range}`);
    const answer: HubAnswer =
      file === undefined
        ? listAnswer(files, url.searchParams.get('dataset'), 'https://huggingface.co/')
        : partAnswer(file.bytes, range);
    // What is wanted at last never comes while it is held.
    if (hold !== null && asked.length > 5) {
      held += 1;
      await hold;
    }
    await route.fulfill({ ...answer, body: Buffer.from(answer.body) });
  });
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.getByRole('button', { name: 'Your images…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your own data' });
  const fetchIt = dialog.getByRole('button', { name: 'Download these images' });
  await dialog.getByLabel('Another data set of images, by its name').fill('mnist');
  await dialog.getByRole('button', { name: 'Search' }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: 'mnist' })).toContainText('“mnist” is not a name');
  expect(asked).toEqual([]);

  await dialog.getByRole('button', { name: 'MNIST', exact: true }).click();
  await expect(dialog).toContainText('1,501 of 1,501 images for training, and 151 of 151 for testing. About');
  await expectAccessible(page, '[role=dialog]');
  await dialog.getByRole('combobox', { name: 'Images' }).selectOption('1,000');
  await expect(dialog).toContainText(
    '1,000 of 1,501 images for training, and 101 of 151 for testing. They come from all over',
  );
  let release: () => void = () => {};
  hold = new Promise((resolve) => {
    release = resolve;
  });
  await fetchIt.click();
  await expect(dialog.getByRole('progressbar', { name: 'Downloading MNIST' })).toHaveAttribute('value', /[1-9]/);
  await expectAccessible(page, '[role=dialog]');
  // As many as are under way at a time.
  await expect.poll(() => held).toBe(4);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toContainText('are here already and will not be downloaded again');
  release();
  hold = null;
  await fetchIt.click();
  await expect(dialog).toContainText('Parquet: 999 images for training, 100 for testing');
  await expect(dialog).toContainText('2 files or rows are left out');
  // What was on its way when it was cancelled, and nothing else, was asked for twice.
  expect(new Set(asked).size).toBe(asked.length - 4);
  await dialog.getByRole('button', { name: 'Use these images' }).click();
  await expect(page.getByLabel('Data set', { exact: true }).locator('option:checked')).toHaveText(/^MNIST \(1,099\)/);
  await page.evaluate(() => window.playground.step(2));

  // The same file from a disk.
  await page.getByRole('button', { name: 'Your images…' }).click();
  await dialog.getByLabel('Choose files').setInputFiles({
    name: 'digits.parquet',
    mimeType: 'application/vnd.apache.parquet',
    buffer: Buffer.from(digits(300)),
  });
  await dialog.getByRole('button', { name: 'Read these images' }).click();
  await expect(dialog).toContainText('Parquet: 240 images for training, 60 for testing');
});

test('a browser that keeps nothing says so, and the images are there until the tab is closed', async ({
  playground,
}) => {
  const { page } = playground;
  // In both workers: no file system, and a database that does not open.
  await page.route(/\/assets\/(library-)?main-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    const deny = `navigator.storage.getDirectory = () => Promise.reject(new Error('denied'));
      IDBFactory.prototype.open = () => { throw new DOMException('access is denied', 'SecurityError'); };`;
    await route.fulfill({ response, body: deny + (await response.text()) });
  });
  await playground.open({ backend: 'wasm', experiment: { ...SMALL, recipe: { batch: 64 } } });
  await page.getByRole('button', { name: 'Your images…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your own data' });
  await dialog
    .getByLabel('Choose files')
    .setInputFiles({ name: 'pets.zip', mimeType: 'application/zip', buffer: pets() });
  await dialog.getByRole('button', { name: 'Use these images' }).click();
  await expect(dialog.getByRole('alert')).toContainText(
    'data set pets cannot be kept (access is denied); it lasts until',
  );
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByLabel('Data set', { exact: true }).locator('option:checked')).toHaveText('pets');
  // Fewer images than the recipe had in a step are no reason to fail.
  await page.evaluate(() => window.playground.step(2));
  expect((await playground.experiment()).recipe.batch).toBe(32);
});

test('with the embedded images the page asks no other host, and is not allowed to', async ({
  playground,
  complaints,
}) => {
  const { page } = playground;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await playground.open({ backend: 'wasm', experiment: SMALL });
  await page.evaluate(() => window.playground.step(25));
  const { origin } = new URL(page.url());
  const elsewhere = asked.filter((url) => /^https?:/.test(url) && new URL(url).origin !== origin);
  expect([asked.length > 5, elsewhere]).toEqual([true, []]);
  const refused = await page.evaluate(() => fetch('https://example.org/').then(() => 'fetched', String));
  expect(refused).toContain('Failed to fetch');
  // The browser complains of what it did not let through, and of that alone.
  expect(complaints.splice(0).join()).toContain('Content Security Policy');
});
