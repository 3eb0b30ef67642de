import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

// The folder of the host is called as that of the files whose names hold a hash.
const SCOPE = 'https://example.org/assets/';
const FILES = ['index.html', 'assets/main-1a2b.js', 'data/classes.json'];
const HASH = '0123456789abcdef';
const DIGEST = createHash('sha256').update('a file').digest('hex').slice(0, 16);

type Listener = (event: Readonly<Record<string, unknown>>) => void;

const listeners = new Map<string, Listener>();
const put = vi.fn<(url: string) => Promise<void>>();
const open = vi.fn<(name: string) => Promise<unknown>>();
const names = vi.fn<() => Promise<readonly string[]>>();
const fetched = vi.fn<(request: unknown, options?: RequestInit) => Promise<Response>>();

const registration: { readonly scope: string; active: object | null } = { scope: SCOPE, active: null };

beforeAll(async () => {
  vi.stubGlobal('self', {
    registration,
    location: new URL(SCOPE),
    addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
  });
  vi.stubGlobal('caches', { open, keys: names });
  vi.stubGlobal('fetch', fetched);
  vi.stubGlobal('PAGE_HEADERS', {});
  vi.stubGlobal('__BUILD__', { hash: HASH, files: Object.fromEntries(FILES.map((file) => [file, DIGEST])) });
  // By its address, since it is typed by another project, that of workers.
  await import(/* @vite-ignore */ new URL('service-worker.ts', import.meta.url).href);
});
afterEach(() => {
  vi.resetAllMocks();
});
afterAll(() => {
  vi.unstubAllGlobals();
});

/** A page that comes in place of a file, or changed: with `build` that of this build. */
function page(build = 'older'): Response {
  return new Response(`<meta name="build" content="${build}">`, { headers: { 'Content-Type': 'text/html' } });
}

/** Tells the service worker of something; resolves with what it makes of that. */
function tell(type: string, event: Readonly<Record<string, unknown>>): Promise<unknown> {
  return new Promise((resolve) => {
    listeners.get(type)?.({ ...event, waitUntil: resolve, respondWith: resolve });
  });
}

test('files whose names hold no hash are this build’s, whatever the host’s folder is called', async () => {
  open.mockResolvedValue({ keys: async () => [], put });
  fetched.mockImplementation(async () => new Response('a file'));
  await tell('message', { data: 'keep the build' });
  const modes = new Map(fetched.mock.calls.map(([url, options]) => [url, options?.cache]));
  expect([...modes].sort()).toEqual([
    [`${SCOPE}assets/main-1a2b.js`, 'default'],
    [`${SCOPE}data/classes.json`, 'no-cache'],
    [`${SCOPE}index.html`, 'no-cache'],
  ]);
  expect(put).toHaveBeenCalledTimes(3);
});

test.each([
  ['nothing', [], []],
  ['the file', ['index.html'], [`${SCOPE}index.html`]],
])('the next visit fetches %s that the cache lacks', async (_, lacks, again) => {
  const kept = FILES.filter((file) => !lacks.includes(file));
  open.mockResolvedValue({ keys: async () => kept.map((file) => ({ url: SCOPE + file })), put });
  fetched.mockImplementation(async () => new Response('a file'));
  await tell('message', { data: 'keep the build' });
  expect(fetched.mock.calls.map(([url]) => url)).toEqual(again);
});

test('a wrong text in the browser’s own cache is fetched again, past that', async () => {
  open.mockResolvedValue({ keys: async () => [], put });
  fetched.mockImplementation(async (url, options) => {
    return new Response(url === `${SCOPE}assets/main-1a2b.js` && options?.cache !== 'reload' ? 'torn' : 'a file');
  });
  await tell('message', { data: 'keep the build' });
  expect(put).toHaveBeenCalledTimes(3);
});

test('another text under a file’s name is not kept: a host answers with the page for a file that it has no more', async () => {
  open.mockResolvedValue({ keys: async () => [], put });
  fetched.mockImplementation(async (url) => (url === `${SCOPE}data/classes.json` ? page() : new Response('a file')));
  await expect(tell('message', { data: 'keep the build' })).rejects.toThrow(/classes\.json: .* another file/);
  expect(put.mock.calls.map(([url]) => url)).not.toContain(`${SCOPE}data/classes.json`);
});

test('where the browser refuses its storage, the network answers', async () => {
  open.mockRejectedValue(new DOMException('The operation is insecure.', 'SecurityError'));
  fetched.mockImplementation(async () => new Response('from the network'));
  const answer = await tell('fetch', { request: new Request(`${SCOPE}index.html`) });
  expect(answer).toBeInstanceOf(Response);
  expect(await (answer instanceof Response ? answer.text() : '')).toBe('from the network');
});

test.each([
  ['is fetched whole where the older one is kept', [{ url: `${SCOPE}index.html` }], 3],
  ['is not fetched where none is, as for who saves data', [], 0],
])('a newer build %s', async (_, older, files) => {
  registration.active = {};
  names.mockResolvedValue(['build older', `build ${HASH}`, 'another']);
  open.mockImplementation(async (name) => ({ keys: async () => (name === 'build older' ? older : []), put }));
  fetched.mockImplementation(async () => new Response('a file'));
  await tell('install', {});
  expect(fetched).toHaveBeenCalledTimes(files);
});

test('a newer build is installed without its files where there is no room for two or the storage is refused, not where one is missing', async () => {
  registration.active = {};
  names.mockResolvedValue(['build older']);
  open.mockImplementation(async (name) => ({ keys: async () => (name === 'build older' ? [{}] : []), put }));
  fetched.mockImplementation(async () => new Response('a file'));
  put.mockRejectedValue(new DOMException('The quota is exceeded.', 'QuotaExceededError'));
  await expect(tell('install', {})).resolves.toBeUndefined();
  expect(put).toHaveBeenCalled();

  fetched.mockImplementation(async () => new Response('gone', { status: 404 }));
  await expect(tell('install', {})).rejects.toThrow('404');

  names.mockRejectedValue(new DOMException('The operation is insecure.', 'SecurityError'));
  await expect(tell('install', {})).resolves.toBeUndefined();
});

test('a newer build is installed where the host or a proxy changes its files on their way, and keeps those that come whole', async () => {
  registration.active = {};
  names.mockResolvedValue(['build older']);
  // Not the one of all tests, into which what failed above may still put files.
  const putNow = vi.fn<(url: string) => Promise<void>>();
  open.mockImplementation(async (name) => ({ keys: async () => (name === 'build older' ? [{}] : []), put: putNow }));
  const changed = new Map([
    [`${SCOPE}index.html`, () => page(HASH)],
    [`${SCOPE}data/classes.json`, () => new Response('{ }')],
  ]);
  fetched.mockImplementation(async (url) => changed.get(String(url))?.() ?? new Response('a file'));
  await expect(tell('install', {})).resolves.toBeUndefined();
  expect(putNow.mock.calls.map(([url]) => url)).toEqual([`${SCOPE}assets/main-1a2b.js`]);
});

test.each([
  ['the page of another build in place of its own', 'index.html', 'older'],
  ['its own page in place of a script that the host has not', 'assets/main-1a2b.js', HASH],
])('a newer build is not installed while the host answers with %s', async (_, file, build) => {
  registration.active = {};
  names.mockResolvedValue(['build older']);
  open.mockImplementation(async (name) => ({ keys: async () => (name === 'build older' ? [{}] : []), put }));
  fetched.mockImplementation(async (url) => (url === SCOPE + file ? page(build) : new Response('a file')));
  await expect(tell('install', {})).rejects.toThrow('another file');
});
