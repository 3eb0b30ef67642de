import type { SerializedError } from '../core/results/report.ts';
import { SaidError, type Sentence, sayIt } from '../language/sentence.ts';
import { type Port, reportLiveness, type WorkerScope } from './liveness.ts';

/**
 * Typed calls from the page to a worker. An Api is an interface of methods, each of which takes a request and a `Call`:
 * the worker implements it, the page calls it. Both sides are of one build, so a message has the type that the Api says.
 */

export function failureOf(error: unknown): SerializedError {
  if (!(error instanceof Error)) return { name: 'Error', message: `worker: ${String(error)}` };
  const { name, message } = error;
  const said = error instanceof SaidError || error instanceof RemoteError ? error.sentence : undefined;
  return { name, message, ...(said !== undefined && { sentence: said }) };
}

/** An error that a worker's method threw, on the page and in the page's language. */
export class RemoteError extends Error {
  readonly sentence: Sentence | undefined;

  constructor({ name, message, sentence }: SerializedError) {
    super(sentence === undefined ? message : sayIt(sentence));
    this.name = name;
    this.sentence = sentence;
  }
}

/** The caller cancelled the call. */
export class Withdrawn extends Error {
  override readonly name = 'Withdrawn';
  constructor() {
    super('question: it was withdrawn');
  }
}

/** Whether a call failed since it was cancelled, also where the error came from a worker and has lost its class. */
export function isWithdrawn(failure: unknown): boolean {
  return failure instanceof Error && failure.name === 'Withdrawn';
}

/** The second argument of a method: cancellation, transfer and progress. */
export interface Call<Progress = never> {
  /** Aborted when the page withdraws the call. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Transfers a buffer with the answer instead of copying it. Shared memory is never transferred. */
  readonly transfer: (buffer: ArrayBufferLike) => void;
}

export interface CallOptions<Progress = never> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly transfer?: Transferable[] | undefined;
}

export type Methods<Api> = {
  readonly [Method in keyof Api]: (request: never, call: Call<unknown>) => Promise<unknown>;
};

export type RequestOf<Api extends Methods<Api>, Method extends keyof Api> = Parameters<Api[Method]>[0];
type Arguments<Method> = Method extends (...args: infer Args) => unknown
  ? Args extends [infer Request, Call<infer Progress>]
    ? [request: Request, options?: CallOptions<Progress>]
    : Args extends [infer Request]
      ? [request: Request, options?: CallOptions]
      : [request?: undefined, options?: CallOptions]
  : never;
type Answer<Method> = Method extends (...args: never) => Promise<infer Value> ? Value : never;

export interface Client<Api> {
  /** Rejects with a `RemoteError`, or with `Withdrawn` as soon as the signal is aborted; later answers are dropped. */
  call<Method extends keyof Api>(method: Method, ...args: Arguments<Api[Method]>): Promise<Answer<Api[Method]>>;
}

type ToWorker<Api> =
  | { readonly type: 'call'; readonly id: number; readonly method: keyof Api; readonly request: never }
  | { readonly type: 'abort'; readonly id: number };

type FromWorker<Event> =
  | { readonly type: 'event'; readonly event: Event }
  | { readonly type: 'progress'; readonly id: number; readonly progress: never }
  | { readonly type: 'answer'; readonly id: number; readonly answer: never }
  | { readonly type: 'failure'; readonly id: number; readonly failure: SerializedError };

export interface Connection<Api> extends Client<Api> {
  /** Number of calls without an answer. */
  readonly pending: number;
  /** Rejects pending calls with `error` and ignores all further messages of the worker. */
  close(error: Error): void;
}

interface Pending {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: never) => void) | undefined;
}

/** The page's side. Events and progress arrive in the order in which the worker posts them. */
export function connect<Api extends Methods<Api>, Event = never>(
  port: Port,
  onEvent: (event: Event) => void = () => {},
): Connection<Api> {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let closed: Error | null = null;
  port.addEventListener('message', ({ data }: MessageEvent<FromWorker<Event>>) => {
    if (closed !== null) return;
    if (data.type === 'event') return onEvent(data.event);
    const call = pending.get(data.id);
    if (data.type === 'progress') return call?.onProgress?.(data.progress);
    pending.delete(data.id);
    if (data.type === 'answer') call?.resolve(data.answer);
    if (data.type === 'failure') call?.reject(new RemoteError(data.failure));
  });
  return {
    get pending() {
      return pending.size;
    },
    close: (error) => {
      closed = error;
      for (const { reject } of pending.values()) reject(error);
      pending.clear();
    },
    call: (method, request?: unknown, { signal, onProgress, transfer = [] }: CallOptions = {}) => {
      lastId += 1;
      const id = lastId;
      let withdraw = () => {};
      return new Promise<never>((resolve, reject) => {
        withdraw = () => {
          if (pending.delete(id)) port.postMessage({ type: 'abort', id }, []);
          reject(new Withdrawn());
        };
        if (closed !== null) return reject(closed);
        if (signal?.aborted === true) return withdraw();
        signal?.addEventListener('abort', withdraw);
        pending.set(id, { resolve, reject, onProgress });
        port.postMessage({ type: 'call', id, method, request }, transfer);
      }).finally(() => {
        // It is still there where the request could not be posted.
        pending.delete(id);
        signal?.removeEventListener('abort', withdraw);
      });
    },
  };
}

/** The worker's side. `implement` receives a function that posts events to the page. */
export function serve<Api extends Methods<Api>, Event = never>(
  scope: WorkerScope,
  implement: (emit: (event: Event) => void) => Api,
): void {
  const calls = new Map<number, AbortController>();
  const api = implement((event) => scope.postMessage({ type: 'event', event }, []));
  const answer = async (id: number, method: keyof Api, request: never) => {
    const controller = new AbortController();
    const { signal } = controller;
    calls.set(id, controller);
    const buffers = new Set<ArrayBuffer>();
    const post = (message: object, transfer: Transferable[] = []) => {
      if (!signal.aborted) scope.postMessage({ id, ...message }, transfer);
    };
    try {
      const answer = await api[method](request, {
        signal,
        onProgress: (progress) => post({ type: 'progress', progress }),
        transfer: (buffer) => buffer instanceof ArrayBuffer && buffers.add(buffer),
      });
      post({ type: 'answer', answer }, [...buffers]);
    } catch (error) {
      post({ type: 'failure', failure: failureOf(error) });
    } finally {
      calls.delete(id);
    }
  };
  scope.addEventListener('message', ({ data }: MessageEvent<ToWorker<Api>>) => {
    if (data.type === 'call') void answer(data.id, data.method, data.request);
    if (data.type === 'abort') calls.get(data.id)?.abort(new Withdrawn());
  });
  reportLiveness(scope);
}

/** Throttles progress: passes `fraction` (0 .. 1) on at most once per percent. */
export function throttleProgress(onProgress: (fraction: number) => void): (fraction: number) => void {
  let passed = -1;
  return (fraction) => {
    if (Math.floor(fraction * 100) === passed) return;
    passed = Math.floor(fraction * 100);
    onProgress(fraction);
  };
}
