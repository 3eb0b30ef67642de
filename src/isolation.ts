/**
 * Cross-origin isolation, without which wasm has one thread, on hosts that do not send its headers: a service
 * worker adds them, from the second load on.
 */

/** In this tab's storage: the page was reloaded once, and must not be again if that did not help. */
const RELOADED = 'reloaded for isolation';

/** How long the page waits for the service worker before it goes on without. */
const PATIENCE_MS = 3000;

/** Settles when the page may start training; never, where a reload comes first. */
export async function isolate(): Promise<void> {
  if (await helpsToReload().catch(() => false)) {
    location.reload();
    await new Promise(() => {});
  }
}

/** Throws where the user has switched off storage or service workers. */
async function helpsToReload(): Promise<boolean> {
  if (crossOriginIsolated) {
    sessionStorage.removeItem(RELOADED);
    return false;
  }
  // In a frame, isolation is the outer page's to give.
  if (!isSecureContext || !('serviceWorker' in navigator) || self !== top) return false;
  if (sessionStorage.getItem(RELOADED) !== null) return false;
  await navigator.serviceWorker.register(new URL('isolation.js', document.baseURI));
  const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  if ((await Promise.race([navigator.serviceWorker.ready, late])) === null) return false;
  sessionStorage.setItem(RELOADED, 'yes');
  return true;
}
