import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { download, MemorySink } from './download.ts';

const FILE = Uint8Array.from({ length: 300_000 }, (_, at) => at % 251);
const PATH = '/timm/resnet18.tv_in1k/resolve/main/model.safetensors';

let server: Server | null = null;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === null ? resolve(undefined) : server.close(resolve)));
});

/** A server as Hugging Face is one: the address leads on to another, where the file is. */
async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, nth: number) => void,
): Promise<string> {
  let asked = 0;
  const made = createServer((request, response) => {
    if (request.url === PATH) {
      response.writeHead(302, { Location: '/cdn/abc?expires=1' }).end();
      return;
    }
    asked += 1;
    answer(request, response, asked);
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, resolve));
  const address = made.address();
  if (address === null || typeof address === 'string') throw new Error('server: it has no port');
  return `http://localhost:${address.port}${PATH}`;
}

/** Where a request wants to begin. */
const begins = ({ headers }: IncomingMessage) => Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);

function breakOff(response: ServerResponse, bytes: Uint8Array): void {
  response.write(bytes, () => setImmediate(() => response.destroy()));
}

/** `toEqual` takes a second for this many bytes. */
const isFile = async (blob: Blob, file: Uint8Array = FILE) => Buffer.from(await blob.arrayBuffer()).equals(file);

test('a file is fetched behind a redirect; where the connection breaks, it goes on where it was', async () => {
  const from: number[] = [];
  const address = await serve((request, response, nth) => {
    const at = begins(request);
    from.push(at);
    const rest = FILE.subarray(at);
    response.writeHead(at > 0 ? 206 : 200, { 'Content-Length': rest.length, ETag: '"a"' });
    if (nth < 3) breakOff(response, rest.subarray(0, 100_000));
    else response.end(rest);
  });
  const told: number[] = [];
  const blob = await download(address, 'x', { onProgress: (fraction) => told.push(fraction), pause: 0 });
  expect(await isFile(blob)).toBe(true);
  expect(from).toEqual(from.toSorted((a, b) => a - b));
  expect(new Set(from).size).toBe(3);
  expect(told.at(-1)).toBe(1);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
});

test('bytes of two versions are never joined', async () => {
  const other = FILE.map((byte) => byte + 1);
  const from: number[] = [];
  const address = await serve((request, response, nth) => {
    const at = begins(request);
    from.push(at);
    const [file, tag] = nth === 1 ? [FILE, '"a"'] : [other, '"b"'];
    response.writeHead(at > 0 ? 206 : 200, { 'Content-Length': file.length - at, ETag: tag });
    if (nth === 1) breakOff(response, file.subarray(0, 1000));
    else response.end(file.subarray(at));
  });
  expect(await isFile(await download(address, 'x', { onProgress: () => {}, pause: 0 }), other)).toBe(true);
  expect(from.map((at) => at > 0)).toEqual([false, true, false]);
});

test('where no ETag says that it is the same file, or only roughly, all of it is fetched again', async () => {
  for (const headers of [{}, { ETag: 'W/"a"' }]) {
    const from: number[] = [];
    const address = await serve((request, response, nth) => {
      from.push(begins(request));
      response.writeHead(200, { 'Content-Length': FILE.length, ...headers });
      if (nth === 1) breakOff(response, FILE.subarray(0, 1000));
      else response.end(FILE);
    });
    expect(await isFile(await download(address, 'x', { onProgress: () => {}, pause: 0 }))).toBe(true);
    expect(from).toEqual([0, 0]);
    await new Promise((resolve) => server?.close(resolve));
  }
});

test('what an earlier visit left is gone on with; where the file is shorter now, it is fetched again', async () => {
  const from: number[] = [];
  const address = await serve((request, response) => {
    const at = begins(request);
    from.push(at);
    if (at >= FILE.length) response.writeHead(416).end();
    else response.writeHead(at > 0 ? 206 : 200, { ETag: '"a"' }).end(FILE.subarray(at));
  });
  const sink = new MemorySink();
  await sink.begin('"a"');
  await sink.add(FILE.slice(0, 200_000));
  expect(await isFile(await download(address, 'x', { onProgress: () => {}, sink: sink, pause: 0 }))).toBe(true);
  expect(await isFile(await download(address, 'x', { onProgress: () => {}, sink: sink, pause: 0 }))).toBe(true);
  expect(from).toEqual([200_000, 300_000, 0]);
});

test('a connection that always breaks at the same place is given up', async () => {
  const address = await serve((_, response) => {
    response.writeHead(200, { 'Content-Length': FILE.length });
    breakOff(response, FILE.subarray(0, 1000));
  });
  await expect(download(address, 'x', { onProgress: () => {}, pause: 0 })).rejects.toThrow('the connection fails');
});

test('a server that knows no ranges is asked for all of it again', async () => {
  const address = await serve((_, response, nth) => {
    response.writeHead(200, { 'Content-Length': FILE.length });
    if (nth === 1) breakOff(response, FILE.subarray(0, 1000));
    else response.end(FILE);
  });
  expect(await isFile(await download(address, 'x', { onProgress: () => {}, pause: 0 }))).toBe(true);
});

test('what is not there, and what never comes, is said to be so', async () => {
  const missing = await serve((_, response) => response.writeHead(404).end());
  await expect(download(missing, 'resnet18', { onProgress: () => {}, pause: 0 })).rejects.toThrow(
    'download: resnet18: the server answers 404; try again',
  );
  await new Promise((resolve) => server?.close(resolve));
  const broken = await serve((_, response) => response.destroy());
  await expect(download(broken, 'resnet18', { onProgress: () => {}, pause: 0 })).rejects.toThrow(
    'download: resnet18: the connection fails',
  );
});

test('a download that is aborted ends at once, and the sink has what came until then', async () => {
  const first = FILE.subarray(0, 1000);
  const address = await serve((_, response) => {
    response.writeHead(200, { 'Content-Length': FILE.length, ETag: '"a"' });
    response.write(first);
  });
  const sink = new MemorySink();
  const controller = new AbortController();
  const { signal } = controller;
  const onProgress = () => controller.abort(new Error('it was withdrawn'));
  await expect(download(address, 'x', { onProgress, sink, signal })).rejects.toThrow('it was withdrawn');
  expect(sink.version).toBe('"a"');
  expect(await isFile(await sink.end(), first)).toBe(true);
});
