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
 * Has the service worker keep the files of this build, once the page has what it needs itself, and looks out for newer
 * builds. Does nothing in development, without service workers, and where the visitor asks to save data.
 */
export async function keepForOffline(): Promise<void> {
  if (import.meta.env.DEV || !('serviceWorker' in navigator) || savesData()) return;
  const { serviceWorker } = navigator;
  // The first service worker of a page takes it over, too, and that is no update.
  let controlled = serviceWorker.controller !== null;
  let accepted = false;
  serviceWorker.addEventListener('controllerchange', () => {
    if (accepted) location.reload();
    else if (controlled) offer({ type: 'elsewhere' });
    controlled = true;
  });
  const registration = await registerServiceWorker();
  const offerWorker = (worker: ServiceWorker) => {
    const accept = () => {
      accepted = true;
      worker.postMessage('take over');
    };
    offer({ type: 'ready', accept });
  };
  const watch = (worker: ServiceWorker | null) =>
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && registration.active !== null) offerWorker(worker);
    });
  if (registration.waiting !== null) offerWorker(registration.waiting);
  // One that another tab or the browser itself has found is not found again.
  watch(registration.installing);
  registration.addEventListener('updatefound', () => watch(registration.installing));
  const { active } = await serviceWorker.ready;
  active?.postMessage('keep the build');
}

function savesData(): boolean {
  const connection: unknown = 'connection' in navigator ? navigator.connection : null;
  return (
    typeof connection === 'object' && connection !== null && 'saveData' in connection && connection.saveData === true
  );
}
