import { type WorkerEnd, type WorkerPort, watchLiveness } from './liveness.ts';
import { type Client, type Connection, connect, type Methods } from './rpc.ts';

/** Why a call has no answer: its worker is gone. The message is a sentence to show. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  readonly end: WorkerEnd;

  constructor(subject: string, end: WorkerEnd, advice: string) {
    const why = end.reason === '' ? '' : ` (${end.reason})`;
    const what = {
      unloadable: `it could not be loaded${why}; check the connection and reload the page`,
      wounded: `an error in it ended it${why}; ${advice}`,
      ended: `it ended unexpectedly${why}; ${advice}`,
    };
    super(`${subject}: ${what[end.how]}`);
    this.end = end;
  }
}

export interface SupervisorOptions<Event> {
  /** Starts the worker; a second time, where its script could not be loaded, from an address that no cache knows. */
  readonly create: (isRetry: boolean) => WorkerPort;
  /** Begins the sentences about it: "training worker". */
  readonly subject: string;
  /** What to do where it is gone; the next call starts another one. */
  readonly advice: string;
  readonly onEvent?: (event: Event) => void;
  /** Called before the calls that wait are rejected. */
  readonly onEnd?: (end: WorkerEnd, error: WorkerError) => void;
}

export interface Supervised<Api> extends Client<Api> {
  /** Ends the worker, and rejects with this error what waits for it. */
  end(error: Error): void;
}

interface Life<Api> {
  /** Settles when the worker can be called, or never will. */
  readonly connection: Promise<Connection<Api>>;
  end(error: Error): void;
}

/** Keeps a worker for calls: started by the first one, and after its end by the next. */
export function supervise<Api extends Methods<Api>, Event = never>(options: SupervisorOptions<Event>): Supervised<Api> {
  let current: Life<Api> | null = null;

  const start = (): Life<Api> => {
    let end: (error: Error) => void = () => {};
    const connection = new Promise<Connection<Api>>((resolve, reject) => {
      const load = (isRetry: boolean) => {
        const worker = options.create(isRetry);
        const opened = connect<Api, Event>(worker, options.onEvent);
        const stop = watchLiveness(worker, {
          isWaiting: () => opened.pending > 0,
          onReady: () => resolve(opened),
          onEnd: (reached) => {
            if (reached.how === 'unloadable' && !isRetry) {
              worker.terminate();
              load(true);
              return;
            }
            const error = new WorkerError(options.subject, reached, options.advice);
            current = null;
            options.onEnd?.(reached, error);
            end(error);
          },
        });
        end = (error) => {
          stop();
          worker.terminate();
          opened.close(error);
          reject(error);
        };
      };
      load(false);
    });
    // Those who call hear of it.
    connection.catch(() => {});
    return { connection, end: (error) => end(error) };
  };

  return {
    call: (method, ...args) => {
      current ??= start();
      return current.connection.then((connection) => connection.call(method, ...args));
    },
    end: (error) => {
      current?.end(error);
      current = null;
    },
  };
}

/** Starts workers from a script. A name is what its global scope is called. */
export function workerFrom(script: string, name = ''): (isRetry: boolean) => Worker {
  return (isRetry) => {
    const address = new URL(script, location.href);
    if (isRetry) address.searchParams.set('retry', String(Date.now()));
    return new Worker(address, { type: 'module', name });
  };
}
