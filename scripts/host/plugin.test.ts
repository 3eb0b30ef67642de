import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { build, createServer, type InlineConfig, preview } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Headers, ISOLATION_HEADERS, pageHeaders } from './headers.ts';
import { hostHeaders } from './plugin.ts';

const INDEX = '<meta charset="utf-8" /><script>dark()</script><script type="module" src="/worker.js"></script>';
let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'host-headers-'));
  mkdirSync(join(root, 'dist'));
  for (const folder of [root, join(root, 'dist')]) {
    writeFileSync(join(folder, 'index.html'), INDEX);
    writeFileSync(join(folder, 'worker.js'), 'postMessage(1)');
  }
  mkdirSync(join(root, 'public'));
  for (const page of ['teaching.html', '404.html'])
    writeFileSync(join(root, 'public', page), '<meta charset="utf-8" />');
});
afterAll(() => rmSync(root, { recursive: true }));

const config = (): InlineConfig => ({
  root,
  configFile: false,
  logLevel: 'silent',
  cacheDir: join(root, '.vite'),
  plugins: hostHeaders(),
  server: { port: 0, hmr: false, ws: false, watch: null },
  preview: { port: 0 },
});

/** The answers to a first request for a file, and to one that has its ETag. */
async function fetchTwice(url: string): Promise<readonly [Response, Response]> {
  const first = await fetch(url);
  await first.arrayBuffer();
  const again = await fetch(url, { headers: { 'If-None-Match': first.headers.get('ETag') ?? '' } });
  return [first, again];
}

function expectHeaders({ headers }: Response, wanted: Headers): void {
  const found = Object.fromEntries(Object.keys(wanted).map((name) => [name, headers.get(name)]));
  expect(found).toEqual(wanted);
}

for (const file of ['', 'worker.js']) {
  test(`vite preview sends every header of /${file}, with a 304 too`, async () => {
    const server = await preview(config());
    const [url = ''] = server.resolvedUrls?.local ?? [];
    const answers = await fetchTwice(url + file);
    expect(answers.map(({ status }) => status)).toEqual([200, 304]);
    for (const answer of answers) expectHeaders(answer, pageHeaders(INDEX));
    await server.close();
  });
}

test('vite sends the headers of isolation, with a 304 too, and no policy that its own scripts would break', async () => {
  const server = await createServer(config());
  await server.listen();
  const [url = ''] = server.resolvedUrls?.local ?? [];
  const answers = await fetchTwice(`${url}worker.js`);
  expect(answers.map(({ status }) => status)).toEqual([200, 304]);
  for (const answer of answers) {
    expectHeaders(answer, ISOLATION_HEADERS);
    expect(answer.headers.has('Content-Security-Policy')).toBe(false);
  }
  await server.close();
});

test('the service worker of a build has the digests of all its other files, and all pages the hash of that', async () => {
  await build({ ...config(), build: { outDir: 'built' } });
  const folder = join(root, 'built');
  const digests = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !['service-worker.js', '_headers', '404.html'].includes(entry.name))
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      const digest = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
      return `${JSON.stringify(relative(folder, path).replaceAll(sep, '/'))}:"${digest}"`;
    });
  const code = readFileSync(join(folder, 'service-worker.js'), 'utf8');
  const [, hash = ''] = /hash: ?"(\w+)"/.exec(code.replaceAll('"hash"', 'hash')) ?? [];
  for (const page of ['index.html', 'teaching.html'])
    expect(readFileSync(join(folder, page), 'utf8')).toContain(`<meta name="build" content="${hash}" />`);
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  expect(digests.length).toBeGreaterThan(1);
  expect(digests.filter((digest) => !code.includes(digest))).toEqual([]);
  // A host may answer with status 404 where it is asked for, and then no build would be kept.
  expect(code).not.toContain('404.html');
});
