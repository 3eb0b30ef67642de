/**
 * A static web server for the built page. As it stands it is like GitHub Pages: the page lies in a folder, and no
 * header makes it cross-origin isolated. It revalidates by ETag, and answers 304 with no headers but the ETag.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const FOLDER = '/some/folder/';
const NOT_FOUND = '<!doctype html><title>404</title><p>There is no such page here.</p>';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

export interface HostOptions {
  /** Sent with every answer, 304 and 404 included. */
  readonly headers?: Readonly<Record<string, string>>;
  /** MIME types by file extension, in place of the usual ones. Files of other extensions are octet streams. */
  readonly types?: Readonly<Record<string, string>>;
  /** A file that never comes, as on a link that stalls. */
  readonly stalled?: string;
}

/** Another name of 127.0.0.1, which a browser does not trust over http as it trusts localhost; Chromium knows it by the flag. */
export const INSECURE_HOST = 'playground.test';
export const INSECURE_HOST_FLAG = `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`;

export interface StaticHost {
  /** The folder of the page, on localhost. */
  readonly url: string;
  /** Every request so far, such as "200 assets/index.js". */
  readonly answered: readonly string[];
  close(): void;
}

export async function serveStatically(
  root: string,
  { headers = {}, types = TYPES, stalled }: HostOptions = {},
): Promise<StaticHost> {
  const answered: string[] = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    if (path === `${FOLDER}${stalled}`) return;
    const answer = (status: number, more: Readonly<Record<string, string>>, body?: Buffer | string) => {
      answered.push(`${status} ${path.slice(FOLDER.length)}`);
      response.writeHead(status, { ...headers, ...more }).end(body);
    };
    const body = path.startsWith(FOLDER)
      ? await readFile(join(root, normalize(path.slice(FOLDER.length - 1)))).catch(() => null)
      : null;
    if (body === null) return answer(404, { 'Content-Type': 'text/html; charset=utf-8' }, NOT_FOUND);
    const ETag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    if (request.headers['if-none-match'] === ETag) return answer(304, { ETag });
    const type = types[extname(path)] ?? 'application/octet-stream';
    answer(200, { 'Content-Type': type, 'Cache-Control': 'max-age=0', ETag }, body);
  });
  // Not `localhost`, which may be ::1 alone: the tests also reach this server under other names for 127.0.0.1.
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the host has no port');
  return {
    url: `http://localhost:${address.port}${FOLDER}`,
    answered,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
