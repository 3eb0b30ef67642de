/**
 * The service worker of the built page, with two duties. It keeps the files of one build for visits without a network, and
 * gives every answer the headers of `scripts/host/headers.ts`, since hosts such as GitHub Pages send none: without them the
 * page is not cross-origin isolated, and its workers have no Content-Security-Policy.
 *
 * Files of two builds never mix. Each build has a cache of its own, which takes a file only with the digest that the build
 * gave it, and answers only when it is whole. A newer build is kept beside the older one, until the page asks for it
 * (`updates.ts`) or all tabs are closed.
 */
export {};

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build: all headers of scripts/host/headers.ts. */
declare const PAGE_HEADERS: Readonly<Record<string, string>>;
/** Put in by the build: the digests of its files by their paths (`digestOf`), and a hash of all of them. */
declare const __BUILD__: { readonly hash: string; readonly files: Readonly<Record<string, string>> };

/** Requests at the same time while the build is fetched. */
const CONNECTIONS = 4;

const { hash, files } = __BUILD__;
const cacheName = `build ${hash}`;
const ASSETS = new URL('assets/', self.registration.scope).href;
/** The digests of this build's files by their addresses. */
const digests = new Map(
  Object.entries(files).map(([file, digest]) => [new URL(file, self.registration.scope).href, digest]),
);

self.addEventListener('install', (event) => {
  // The first one starts at once, since the page may wait for isolation; it keeps the build when the page says so.
  event.waitUntil(self.registration.active === null ? self.skipWaiting() : keepInPlaceOfOlder().catch(unlessRefused));
});
self.addEventListener('activate', (event) => {
  // In Firefox the claim ends only when every worker of the page has heard of it, and threads that wait in wasm never do;
  // until then no page could load.
  self.clients.claim();
  event.waitUntil(forgetOtherBuilds());
});
self.addEventListener('message', (event) => {
  if (event.data === 'keep the build') event.waitUntil(keepBuild());
  if (event.data === 'which build') event.ports[0]?.postMessage(hash);
  if (event.data === 'take over') event.waitUntil(self.skipWaiting());
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (new URL(request.url).origin === self.location.origin) event.respondWith(answer(request));
});

async function answer(request: Request): Promise<Response> {
  // A browser that refuses its storage has the network.
  const kept = request.method === 'GET' ? await keptFile(request.url).catch(() => undefined) : undefined;
  return kept ?? withHeaders(await fetch(request));
}

/** The file of this build at an address, whatever its query, if the whole build is kept. */
async function keptFile(url: string): Promise<Response | undefined> {
  const { origin, pathname } = new URL(url);
  const file = origin + (pathname.endsWith('/') ? `${pathname}index.html` : pathname);
  return digests.has(file) && (await isWhole()) ? (await caches.open(cacheName)).match(file) : undefined;
}

let whole = false;

async function isWhole(): Promise<boolean> {
  // A cache that holds all is never taken from: `forgetOtherBuilds` leaves it alone.
  whole ||= (await missing()).length === 0;
  return whole;
}

async function missing(): Promise<readonly string[]> {
  const keys = await caches.open(cacheName).then((cache) => cache.keys());
  const kept = new Set(keys.map(({ url }) => url));
  return [...digests.keys()].filter((url) => !kept.has(url));
}

let keeping: Promise<void> | null = null;

/** Keeps the build, once for all tabs that ask at the same time. */
function keepBuild(): Promise<void> {
  keeping ??= fetchMissing().finally(() => {
    keeping = null;
  });
  return keeping;
}

/**
 * Fetches what the cache lacks. Throws where the host lacks a file, too: this build is not all there, and must not take the
 * place of another. A file that is changed on its way is left out, and the build answers nothing: the network does. So is an
 * older file under a name without a hash, which cannot be told from a changed one, until a later visit.
 */
async function fetchMissing(): Promise<void> {
  const cache = await caches.open(cacheName);
  const left = [...(await missing())];
  const fetchNext = async () => {
    for (let url = left.pop(); url !== undefined; url = left.pop()) {
      const file = await fetchFile(url);
      if (file !== null) await cache.put(url, file);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, fetchNext));
}

/** A file of this build from the host, or null where the host, or a proxy, changes it on its way. Throws where it does not come. */
async function fetchFile(url: string): Promise<Response | null> {
  // A name that holds a hash may come from the browser's own cache, unless that has the wrong text; the others must be this build's.
  const modes: readonly RequestCache[] = url.startsWith(ASSETS) ? ['default', 'reload'] : ['no-cache'];
  let isThere = false;
  for (const cache of modes) {
    const response = await fetch(url, { cache });
    if (!response.ok) throw new Error(`${url}: the host answers ${response.status}`);
    const bytes = await response.arrayBuffer();
    if ((await digestOf(bytes)) === digests.get(url)) return withHeaders(new Response(bytes, response));
    isThere = isChanged(url, response, bytes);
  }
  if (!isThere) throw new Error(`${url}: the host answers with another file`);
  return null;
}

/**
 * Whether an answer with another digest is this build's file all the same, changed on its way: some hosts and proxies put
 * scripts into pages, or compress images. It is none where a page comes in its place, with status 200: that of a host that has
 * the file no more, of another build, or of a proxy that refuses. A page of this build names it.
 */
function isChanged(url: string, { headers }: Response, bytes: ArrayBuffer): boolean {
  if (!headers.get('Content-Type')?.startsWith('text/html')) return true;
  return url.endsWith('.html') && new TextDecoder().decode(bytes).includes(hash);
}

/** The first 64 bits of the SHA-256 of bytes, as the build has them (`scripts/host/plugin.ts`). */
async function digestOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Keeps this build where an older one is kept: the page of a visitor who asks to save data has none kept. */
async function keepInPlaceOfOlder(): Promise<void> {
  const others = await Promise.all((await otherBuilds()).map((name) => caches.open(name)));
  // The cache of a build may be there, and empty.
  const kept = await Promise.all(others.map((cache) => cache.keys()));
  if (kept.some((files) => files.length > 0)) await keepBuild();
}

/**
 * A browser that has no room for two builds, or refuses its storage, installs this one all the same: else the older one would
 * answer for ever. Once that is forgotten, there is room, and the page has this one kept.
 */
function unlessRefused(error: unknown): void {
  // What the storage refuses is a DOMException, a broken connection a TypeError.
  if (!(error instanceof DOMException)) throw error;
}

async function otherBuilds(): Promise<readonly string[]> {
  return (await caches.keys()).filter((name) => name.startsWith('build ') && name !== cacheName);
}

async function forgetOtherBuilds(): Promise<void> {
  await Promise.all((await otherBuilds()).map((name) => caches.delete(name)));
}

function withHeaders(response: Response): Response {
  // A redirect is opaque: the browser follows it, and asks again.
  if (response.type === 'opaqueredirect') return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(PAGE_HEADERS)) {
    // A policy of the host's own stands.
    if (name.startsWith('Cross-Origin-') || !headers.has(name)) headers.set(name, value);
  }
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
