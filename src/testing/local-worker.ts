import type { WorkerPort, WorkerScope } from '../workers/liveness.ts';
import { type Connection, connect, type Methods, serve } from '../workers/rpc.ts';

/** A worker in the same thread: what one side posts the other hears at once, cloned as a browser does it. */
export class LocalWorker {
  readonly page: WorkerPort;
  readonly scope: WorkerScope;
  /** As the page and as the worker's own scope hear events. */
  readonly onPage = new EventTarget();
  readonly inWorker = new EventTarget();
  terminated = false;

  constructor() {
    this.page = {
      postMessage: (data, transfer) => this.#post(this.inWorker, data, transfer),
      addEventListener: (type: string, listen: (event: never) => void) => listenTo(this.onPage, type, listen),
      terminate: () => {
        this.terminated = true;
      },
    };
    this.scope = {
      postMessage: (data, transfer) => this.#post(this.onPage, data, transfer),
      addEventListener: (type: string, listen: (event: never) => void) => listenTo(this.inWorker, type, listen),
    };
  }

  #post(side: EventTarget, data: unknown, transfer: Transferable[]): void {
    if (this.terminated) return;
    side.dispatchEvent(new MessageEvent('message', { data: structuredClone(data, { transfer }) }));
  }
}

function listenTo(side: EventTarget, type: string, listen: (event: never) => void): void {
  const heard: { handleEvent(event: Event): void } = { handleEvent: listen };
  side.addEventListener(type, heard);
}

/** Calls to an Api that is implemented in the same thread. */
export function local<Api extends Methods<Api>, Event = never>(
  implement: (emit: (event: Event) => void) => Api,
  onEvent?: (event: Event) => void,
): Connection<Api> {
  const { page, scope } = new LocalWorker();
  const connection = connect<Api, Event>(page, onEvent);
  serve<Api, Event>(scope, implement);
  return connection;
}
