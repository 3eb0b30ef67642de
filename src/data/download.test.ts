import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { download } from './download.ts';

const FILE = Uint8Array.from({ length: 300_000 }, (_, at) => at % 251);
const PATH = '/timm/resnet18.tv_in1k/resolve/main/model.safetensors';

let server: Server | null = null;

afterEach(() => new Promise((resolve) => (server === null ? resolve(undefined) : server.close(resolve))));

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

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

test('a file is fetched behind a redirect; where the connection breaks, it goes on where it was', async () => {
  const from: number[] = [];
  const address = await serve((request, response, nth) => {
    const at = begins(request);
    from.push(at);
    const rest = FILE.subarray(at);
    response.writeHead(at > 0 ? 206 : 200, { 'Content-Length': rest.length });
    if (nth < 3) breakOff(response, rest.subarray(0, 100_000));
    else response.end(rest);
  });
  const told: number[] = [];
  const blob = await download(address, 'x', { onProgress: (fraction) => told.push(fraction), pause: 0 });
  expect(await bytesOf(blob)).toEqual(FILE);
  expect(from).toEqual(from.toSorted((a, b) => a - b));
  expect(new Set(from).size).toBe(3);
  expect(told.at(-1)).toBe(1);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
});

test('a server that knows no ranges is asked for all of it again', async () => {
  const address = await serve((_, response, nth) => {
    response.writeHead(200, { 'Content-Length': FILE.length });
    if (nth === 1) breakOff(response, FILE.subarray(0, 1000));
    else response.end(FILE);
  });
  expect(await bytesOf(await download(address, 'x', { onProgress: () => {}, pause: 0 }))).toEqual(FILE);
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
