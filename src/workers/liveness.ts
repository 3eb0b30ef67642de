import { type Phrase, phraseOf, sentence } from '../language/sentence.ts';

/** A worker or its global scope. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listen: (event: MessageEvent) => void): void;
}

/** How a worker came to its end: it could not be loaded, an error that nothing caught left it unsound, or it is gone. */
export interface WorkerEnd {
  readonly how: 'unloadable' | 'wounded' | 'ended';
  /** The worker's own words, or the browser's message, which may be empty. */
  readonly reason: Phrase;
}

type LivenessMessage =
  /** The worker is ready. It holds the lock of this name while it lives; null where there are no locks. */
  | { readonly type: 'ready'; readonly lock: string | null }
  | { readonly type: 'wounded'; readonly reason: Phrase }
  | { readonly type: 'pong' };

export interface WorkerScope extends Port {
  addEventListener(type: 'message' | 'messageerror', listen: (event: MessageEvent) => void): void;
  addEventListener(type: 'error', listen: (event: ErrorEvent) => void): void;
  addEventListener(type: 'unhandledrejection', listen: (event: PromiseRejectionEvent) => void): void;
}

export type Locks = Pick<LockManager, 'request'>;

/**
 * The worker's side. No event tells the page that a worker ended by itself, ran out of memory or was killed; but a lock
 * that the worker holds is then free.
 */
export function reportLiveness(scope: WorkerScope, locks: Locks | undefined = globalThis.navigator?.locks): void {
  const post = (message: LivenessMessage) => scope.postMessage(message, []);
  const wounded = (reason: Phrase) => post({ type: 'wounded', reason });
  scope.addEventListener('error', (event) => {
    event.preventDefault();
    wounded(phraseOf(event.error ?? event.message));
  });
  scope.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    wounded(phraseOf(event.reason));
  });
  scope.addEventListener('messageerror', () => wounded(sentence('errors.worker.unreadableCall')));
  scope.addEventListener('message', ({ data }) => {
    if (data.type === 'ping') post({ type: 'pong' });
  });
  if (locks === undefined) {
    post({ type: 'ready', lock: null });
    return;
  }
  const lock = `resnet-playground-worker/${crypto.randomUUID()}`;
  const hold = () => {
    post({ type: 'ready', lock });
    return new Promise<never>(() => {});
  };
  // Where site data is blocked, locks are refused.
  locks.request(lock, hold).catch(() => post({ type: 'ready', lock: null }));
}

export interface WorkerPort extends Port {
  addEventListener(type: 'message' | 'messageerror', listen: (event: MessageEvent) => void): void;
  /** Where the script cannot be loaded it is no `ErrorEvent`, and has no message. */
  addEventListener(type: 'error', listen: (event: Event & { readonly message?: string }) => void): void;
  terminate(): void;
}

export interface LivenessOptions {
  readonly onReady: () => void;
  /** Called once, unless the watch is stopped before. */
  readonly onEnd: (end: WorkerEnd) => void;
  /** Whether a call is pending. Used only where there are no locks: a worker is pinged while a call is pending. */
  readonly isWaiting: () => boolean;
  readonly locks?: Locks | undefined;
}

const PING_EVERY_MS = 5000;

/** Pings without any message in return, after which a worker counts as gone. A round of a large net may take a while. */
const MOST_UNANSWERED_PINGS = 24;

/** The page's side. Returns a function that stops the watch. */
export function watchLiveness(
  worker: WorkerPort,
  { onReady, onEnd, isWaiting, locks = globalThis.navigator?.locks }: LivenessOptions,
): () => void {
  const watch = new AbortController();
  const { signal } = watch;
  let ready = false;
  let unanswered = 0;
  const end = (how: WorkerEnd['how'], reason: Phrase) => {
    if (signal.aborted) return;
    watch.abort();
    onEnd({ how, reason });
  };
  const ping = () => {
    unanswered = isWaiting() ? unanswered + 1 : 0;
    if (unanswered > MOST_UNANSWERED_PINGS) end('ended', sentence('errors.worker.silent'));
    else if (unanswered > 0) worker.postMessage({ type: 'ping' }, []);
  };
  worker.addEventListener('message', ({ data }: MessageEvent<LivenessMessage>) => {
    if (signal.aborted) return;
    unanswered = 0;
    if (data.type === 'wounded') end('wounded', data.reason);
    if (data.type !== 'ready') return;
    ready = true;
    onReady();
    if (data.lock === null || locks === undefined) {
      const timer = setInterval(ping, PING_EVERY_MS);
      signal.addEventListener('abort', () => clearInterval(timer));
      return;
    }
    locks.request(data.lock, { signal }, () => end('ended', '')).catch(() => {});
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    end(ready ? 'wounded' : 'unloadable', event.message ?? '');
  });
  worker.addEventListener('messageerror', () => end('wounded', sentence('errors.worker.unreadable')));
  return () => watch.abort();
}
