/** A server of the built page behind a slow link, which counts what it sends. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Headers } from '../scripts/host/headers.ts';

/** A link's bandwidth in bits a second and its round-trip time in milliseconds; null for one that is not shaped. */
export type Link = { readonly bitsPerSecond: number; readonly roundTripMs: number } | null;

export interface ShapedServer {
  readonly url: string;
  /** Bytes of the bodies that have been sent since the start, compressed where a host compresses. */
  sent(): number;
  /** Paths with the bytes that have been sent of each. */
  requests(): readonly { readonly path: string; readonly bytes: number }[];
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/** Hosts send images and other compressed files as they are. */
const AS_IT_IS = ['.png', '.webp'];

/** A packet of TCP over Ethernet. */
const PACKET = 1448;

interface Sending {
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly request: { readonly path: string; bytes: number };
  at: number;
}

/**
 * Serves `folder` at a free port: each connection waits one round trip more before its first request, each request one
 * round trip, and all bodies share the bandwidth in equal parts, as with TCP.
 */
export async function serveShaped(folder: string, link: Link, headers: Headers): Promise<ShapedServer> {
  const files = readFolder(folder);
  const sending: Sending[] = [];
  const requests: { readonly path: string; bytes: number }[] = [];
  const greeted = new WeakSet<object>();
  let credit = 0;
  let last = performance.now();

  /** Sends what the link has carried since the last call, a packet of each body in turn. */
  const pump = () => {
    const now = performance.now();
    const bytesPerMs = link === null ? Number.POSITIVE_INFINITY : link.bitsPerSecond / 8000;
    // An idle link saves nothing up.
    credit = sending.length === 0 ? 0 : credit + bytesPerMs * (now - last);
    last = now;
    while (credit > 0) {
      const next = sending.shift();
      if (next === undefined) break;
      const packet = next.body.subarray(next.at, next.at + PACKET);
      next.at += packet.length;
      next.request.bytes += packet.length;
      credit -= packet.length;
      if (next.at < next.body.length) sending.push(next);
      if (next.at < next.body.length) next.response.write(packet);
      else next.response.end(packet);
    }
  };
  const timer = link === null ? null : setInterval(pump, 2);

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const file = files.get(path);
    const isFirst = !greeted.has(request.socket);
    greeted.add(request.socket);
    const answer = () => {
      if (file === undefined) {
        response.writeHead(404).end();
        return;
      }
      if (request.headers['if-none-match'] === file.etag) {
        response.writeHead(304, { ...file.headers, ...headers }).end();
        return;
      }
      response.writeHead(200, { ...file.headers, ...headers, 'content-length': file.body.length });
      const counted = { path, bytes: 0 };
      requests.push(counted);
      sending.push({ response, body: file.body, request: counted, at: 0 });
      if (link === null) pump();
    };
    if (link === null) answer();
    else setTimeout(answer, link.roundTripMs * (isFirst ? 2 : 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://localhost:${port}/`,
    sent: () => requests.reduce((sum, { bytes }) => sum + bytes, 0),
    requests: () => requests.filter(({ bytes }) => bytes > 0),
    close: async () => {
      if (timer !== null) clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface ServedFile {
  readonly body: Buffer;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** All files of the folder by path, compressed once, with the caching of GitHub Pages. */
function readFolder(folder: string): ReadonlyMap<string, ServedFile> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      const bytes = readFileSync(path);
      const compresses = !AS_IT_IS.includes(extname(name));
      const body = compresses ? gzipSync(bytes, { level: 6 }) : bytes;
      const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
      const headers = {
        'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
        'cache-control': 'max-age=600',
        etag,
        ...(compresses && { 'content-encoding': 'gzip' }),
      };
      return [path.slice(folder.length).replaceAll('\\', '/'), { body, etag, headers }] as const;
    }),
  );
}
