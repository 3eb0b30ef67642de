import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileAt, type HubAnswer, type HubFile, listAnswer, partAnswer } from '../../testing/data/hub-answers.ts';
import { decodePngOnly } from '../../testing/data/import-files.ts';
import { imagesParquet } from '../../testing/data/parquet-files.ts';
import { pngOf } from '../../testing/data/true-formats.ts';
import type { ImportedDataset } from '../import/sets/imported-dataset.ts';
import { TableReader } from '../import/tables/table-reader.ts';
import { listTables } from './hub.ts';

const CLASSES = ['cat', 'dog', 'owl'];

/** Images of which the number is their shade of red and the number's rest by three their class. */
const rows = (count: number) =>
  Array.from({ length: count }, (_, nth) => ({ image: pngOf(nth % 256, nth >> 8, 0, 32), label: nth % 3 }));

const FILES: readonly HubFile[] = [
  ...(['train', 'test'] as const).map((split) => {
    const bytes = imagesParquet(rows(split === 'train' ? 2000 : 400), { classes: CLASSES });
    return { dataset: 'us/pets', config: 'plain', split, bytes };
  }),
  { dataset: 'us/pets', config: 'other', split: 'train', bytes: imagesParquet(rows(60)) },
];

/** Where files lie whose addresses lead on: another host, as browsers see it. */
let store: Server;
let hub: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let ranges: string[];

const send = (response: ServerResponse, { status, headers, body }: HubAnswer) =>
  response.writeHead(status, headers).end(body);

const addressOf = (server: Server): string => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('server: it has no port');
  return `http://localhost:${address.port}/`;
};

beforeEach(async () => {
  ranges = [];
  answer = (request, response) => {
    const file = fileAt(FILES, new URL(request.url ?? '', 'http://store').pathname);
    if (file === undefined) throw new Error(`server: it has no ${request.url}`);
    ranges.push(request.headers.range ?? 'all');
    send(response, partAnswer(file.bytes, request.headers.range));
  };
  store = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => store.listen(0, resolve));
  hub = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://hub');
    if (url.pathname === '/parquet') {
      send(response, listAnswer(FILES, url.searchParams.get('dataset'), addressOf(hub)));
    } else {
      response.writeHead(302, { Location: `${addressOf(store)}xet${url.pathname}?expires=1` }).end();
    }
  });
  await new Promise<void>((resolve) => hub.listen(0, resolve));
});

afterEach(() => Promise.all([hub, store].map((server) => new Promise((resolve) => server.close(resolve)))));

const never = new AbortController().signal;
const options = { split: { share: 0.25, seed: 1 }, signal: never, enough: never, onProgress: () => {} };

async function pets(): Promise<TableReader> {
  const folder = await listTables('us/pets', { list: `${addressOf(hub)}parquet`, files: addressOf(hub), pause: 0 });
  return new TableReader(folder, decodePngOnly);
}

/** Which rows the images of a side were, told by their colours; none where their classes are wrong. */
function rowsIn(parts: ImportedDataset['train']): readonly number[] {
  return parts.flatMap(({ images, labels }) =>
    Array.from(labels, (label, at) => {
      const row = (images[at * 3072] ?? 0) + 256 * (images[at * 3072 + 1] ?? 0);
      return label === row % 3 ? row : Number.NaN;
    }),
  );
}

test('a set is looked up by its name, and a part of it read from all over it, behind redirects', async () => {
  const reader = await pets();
  const offer = await reader.offer({}, never);
  expect(offer).toMatchObject({
    name: 'us/pets',
    configs: ['plain', 'other'],
    splits: ['train', 'test'],
    choice: { config: 'plain', train: 'train', test: 'test', image: 'image', label: 'label', count: 2000 },
    train: { rows: 2000, exact: true },
    test: { rows: 400, exact: true },
    labels: [{ name: 'label', classes: 3 }],
    here: 0,
  });
  const told: number[] = [];
  const footers = ranges.length;
  const set = await reader.read({ ...offer.choice, count: 600 }, { ...options, onProgress: (part) => told.push(part) });
  expect([set.kind, set.classes, set.skipped.count]).toEqual(['Parquet', CLASSES, 0]);
  // Groups of 100 rows: of 20 groups six, of 4 the first, and of the third 20 rows from all over it.
  const numbers = (from: number) => Array.from({ length: 100 }, (_, nth) => from + nth);
  expect(rowsIn(set.train)).toEqual([0, 200, 400, 800, 1200, 1600].flatMap(numbers));
  const tested = rowsIn(set.test);
  expect([tested.length, tested.slice(0, 100)]).toEqual([120, numbers(0)]);
  for (const tenth of [200, 210, 220, 230, 240, 250, 260, 270, 280, 290]) {
    expect(tested.filter((row) => row >= tenth && row < tenth + 10).length).toBeGreaterThan(0);
  }
  expect(told.at(-1)).toBe(1);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(ranges.every((range) => /^bytes=\d+-\d+$/.test(range))).toBe(true);
  expect(ranges.length - footers).toBe(8);
});

test('what was cancelled goes on where it was, and enough is enough', async () => {
  const reader = await pets();
  const { choice } = await reader.offer({}, never);
  const cancel = new AbortController();
  const cancelled = reader.read(choice, {
    ...options,
    signal: cancel.signal,
    onProgress: (part) => part > 0.6 && cancel.abort(new Error('not wanted')),
  });
  await expect(cancelled).rejects.toThrow('not wanted');
  const { here } = await reader.offer(choice, never);
  expect(here).toBeGreaterThan(500);

  const before = new Set(ranges);
  const enough = new AbortController();
  const some = await reader.read(choice, {
    ...options,
    enough: enough.signal,
    onProgress: (part) => part > 0.8 && enough.abort(),
  });
  expect([rowsIn(some.train).length % 100, rowsIn(some.test).length]).toEqual([0, 400]);
  expect(rowsIn(some.train).length).toBeLessThan(2000);

  const whole = await reader.read(choice, options);
  expect(rowsIn(whole.train)).toEqual(Array.from({ length: 2000 }, (_, row) => row));
  // What was on its way when the first two ended is all that is asked for twice.
  const twice = ranges.filter((range, nth) => ranges.indexOf(range) !== nth);
  expect([before.size > 2, twice.length <= 2]).toEqual([true, true]);
  const asked = ranges.length;
  expect(rowsIn((await reader.read(choice, options)).train).length).toBe(2000);
  expect(ranges.length).toBe(asked);
});

test('another config has its own columns, no classes with names, and no test images', async () => {
  const reader = await pets();
  const { choice, labels, test } = await reader.offer({ config: 'other' }, never);
  expect([choice.test, choice.count, test, labels]).toEqual([null, 60, null, [{ name: 'label', classes: null }]]);
  const set = await reader.read(choice, options);
  expect([set.classes, rowsIn(set.train).length, rowsIn(set.test).length]).toEqual([['0', '1', '2'], 45, 15]);
});

test('a connection that breaks is tried again; a server without ranges and a missing set are said to be so', async () => {
  const honest = answer;
  // Blocks are fetched side by side, so each is counted alone.
  const tries = new Map<string, number>();
  answer = (request, response) => {
    const block = `${request.url} ${request.headers.range}`;
    const nth = 1 + (tries.get(block) ?? 0);
    tries.set(block, nth);
    if (nth === 1) response.writeHead(503).end();
    else if (nth === 2) {
      response.writeHead(206, { 'Content-Length': 1000 });
      response.write(new Uint8Array(10), () => setImmediate(() => response.destroy()));
    } else honest(request, response);
  };
  const reader = await pets();
  const { choice } = await reader.offer({}, never);
  expect(rowsIn((await reader.read({ ...choice, count: 10 }, options)).train).length).toBe(10);

  answer = (_, response) => response.writeHead(200).end(new Uint8Array(100));
  await expect((await pets()).offer({}, never)).rejects.toThrow(
    'download: us/pets/plain/train/0000.parquet: the server does not support partial downloads; try again',
  );
  answer = (_, response) => response.writeHead(206).end(new Uint8Array(2 ** 20));
  await expect((await pets()).offer({}, never)).rejects.toThrow('the server sends too much');
  answer = (_, response) => response.destroy();
  await expect((await pets()).offer({}, never)).rejects.toThrow('the connection fails');
  await expect(listTables('us/none', { list: `${addressOf(hub)}parquet` })).rejects.toThrow(
    'download: us/none: Hugging Face has no table of it: it answers 401 (The dataset does not exist, or is not accessible without authentication);',
  );
  await expect(listTables('us/pets', { list: `${addressOf(hub)}parquet` })).rejects.toThrow('its files are elsewhere');
});
