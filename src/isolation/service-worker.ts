/**
 * Gives the page the headers that make it cross-origin isolated where the host, such as GitHub Pages, sends none, and
 * its workers the Content-Security-Policy. The build makes dist/isolation.js of it; isolate.ts registers that.
 */
export {};

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build: all headers of scripts/host/headers.ts. */
declare const PAGE_HEADERS: Readonly<Record<string, string>>;

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  if (new URL(event.request.url).origin === self.location.origin) event.respondWith(withHeaders(event.request));
});

async function withHeaders(request: Request): Promise<Response> {
  const response = await fetch(request);
  // A redirect is opaque: the browser follows it, and asks again.
  if (response.type === 'opaqueredirect') return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(PAGE_HEADERS)) {
    // A policy of the host's own stands.
    if (name.startsWith('Cross-Origin-') || !headers.has(name)) headers.set(name, value);
  }
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
