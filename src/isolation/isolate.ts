/**
 * Cross-origin isolation, without which wasm has one thread, on hosts that do not send its headers: a service
 * worker adds them, from the second load on.
 */
import { registerServiceWorker } from './updates.ts';

/**
 * Key of the time of the last such reload. It is in localStorage, since isolation moves a tab to another process, and
 * Chromium lets each process of a tab see an older sessionStorage.
 */
const RELOADED_AT = 'reloaded for isolation at';

/** A reload that is more recent did not help. The page loads within this time. */
const RECENT_MS = 20_000;

/**
 * How long the page waits for the service worker before it goes on without: first for its script, which on a slow link comes
 * beside the page's own, then for it to start.
 */
const PATIENCE_MS = { script: 10_000, start: 3000 } as const;

/** Why the page is not isolated. */
export type Obstacle = 'insecure' | 'framed' | 'refused';

/** What keeps the page from isolation, or null where it is isolated. */
export function obstacle(): Obstacle | null {
  if (crossOriginIsolated) return null;
  // Only the outer page can isolate a frame.
  if (self !== top) return 'framed';
  return isSecureContext ? 'refused' : 'insecure';
}

/** Settles when the page may start training; never, where a reload comes first. */
export async function isolate(): Promise<void> {
  // The build alone has the service worker, and Vite's server sends the headers.
  if (import.meta.env.DEV) return;
  if (await helpsToReload().catch(() => false)) {
    location.reload();
    await new Promise(() => {});
  }
}

/** Throws where the user has switched off storage or service workers. */
async function helpsToReload(): Promise<boolean> {
  const found = obstacle();
  if (found === null) {
    localStorage.removeItem(RELOADED_AT);
    return false;
  }
  if (found !== 'refused' || !('serviceWorker' in navigator)) return false;
  if (Math.abs(Date.now() - Number(localStorage.getItem(RELOADED_AT))) < RECENT_MS) return false;
  if ((await within(PATIENCE_MS.script, registerServiceWorker())) === null) return false;
  if ((await within(PATIENCE_MS.start, navigator.serviceWorker.ready)) === null) return false;
  localStorage.setItem(RELOADED_AT, String(Date.now()));
  return true;
}

/** What is waited for, or null where that takes longer. */
function within<T>(milliseconds: number, wanted: Promise<T>): Promise<T | null> {
  return Promise.race([wanted, new Promise<null>((resolve) => setTimeout(resolve, milliseconds, null))]);
}
