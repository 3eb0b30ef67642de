/** Keeps the built page for visits without a network, and finds out about newer builds of it. */

/** A newer build: `ready` answers when `accept` is called; `elsewhere`, another tab has accepted it already. */
export type Update = { readonly type: 'ready'; readonly accept: () => void } | { readonly type: 'elsewhere' };

/** The service worker, registered; the same call isolates the page where its host sends no headers. */
export function registerServiceWorker(): Promise<ServiceWorkerRegistration> {
  return navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
}

let update: Update | null = null;
const listeners = new Set<() => void>();

/** The newer build that is offered now, or null. */
export function offeredUpdate(): Update | null {
  return update;
}

/** Calls `listener` when another build is offered; returns the function that ends this. */
export function onUpdate(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function offer(next: Update): void {
  update = next;
  for (const listener of listeners) listener();
}

/**
 * Hears whether a service worker is of the page's own build: a page that comes from the network may be newer than the one
 * that answers, and as new as one that waits. One of a build before this question never says.
 */
function askWhetherOwn(worker: ServiceWorker, hear: (isOwn: boolean) => void): void {
  const own = document.querySelector('meta[name="build"]')?.getAttribute('content');
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    port1.close();
    hear(data === own);
  };
  worker.postMessage('which build', [port2]);
}

/**
 * Has the service worker keep the files of this build, once the page has what it needs itself, and looks out for newer
 * builds. Does nothing in development, without service workers, and where the visitor asks to save data.
 */
export async function keepForOffline(): Promise<void> {
  if (import.meta.env.DEV || !('serviceWorker' in navigator) || savesData()) return;
  const { serviceWorker } = navigator;
  // The first service worker of a page takes it over, too, and that is no update.
  let controlled = serviceWorker.controller !== null;
  let accepted = false;
  /** Another build's service worker would ask for files that the host may have no more. */
  const keepIfOwn = (worker: ServiceWorker | null, otherwise = () => {}) => {
    if (worker === null) return;
    askWhetherOwn(worker, (isOwn) => (isOwn ? worker.postMessage('keep the build') : otherwise()));
  };
  serviceWorker.addEventListener('controllerchange', () => {
    if (accepted) location.reload();
    else keepIfOwn(serviceWorker.controller, controlled ? () => offer({ type: 'elsewhere' }) : undefined);
    controlled = true;
  });
  const registration = await registerServiceWorker();
  const offerUnlessOwn = (worker: ServiceWorker) => {
    const takeOver = () => worker.postMessage('take over');
    const accept = () => {
      accepted = true;
      takeOver();
    };
    // A page that came from the network is that build already.
    askWhetherOwn(worker, (isOwn) => (isOwn ? takeOver() : offer({ type: 'ready', accept })));
  };
  const watch = (worker: ServiceWorker | null) =>
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && registration.active !== null) offerUnlessOwn(worker);
    });
  if (registration.waiting !== null) offerUnlessOwn(registration.waiting);
  // One that another tab or the browser itself has found is not found again.
  watch(registration.installing);
  registration.addEventListener('updatefound', () => watch(registration.installing));
  keepIfOwn((await serviceWorker.ready).active);
}

function savesData(): boolean {
  const connection: unknown = 'connection' in navigator ? navigator.connection : null;
  return (
    typeof connection === 'object' && connection !== null && 'saveData' in connection && connection.saveData === true
  );
}
