/**
 * Gives the page the headers that make it cross-origin isolated where the host, such as GitHub Pages, sends none.
 * A service worker that answers for its folder; src/isolation.ts registers it.
 */
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  if (new URL(event.request.url).origin === self.location.origin) event.respondWith(isolate(event.request));
});

async function isolate(request) {
  const response = await fetch(request);
  // A redirect is not ours to read; the browser follows it and asks again.
  if (response.type === 'opaqueredirect') return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  // The page says its own policy; a worker has that of its answer.
  const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' blob:; connect-src 'self' blob: data:";
  if (request.destination === 'worker') headers.set('Content-Security-Policy', policy);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
