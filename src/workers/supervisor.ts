import { type Phrase, SaidError, type Sentence, sentence } from '../language/sentence.ts';
import { type WorkerEnd, type WorkerPort, watchLiveness } from './liveness.ts';
import { type Client, type Connection, connect, type Methods } from './rpc.ts';

/** The worker of a call has ended. The message is a sentence for the page. */
export class WorkerError extends SaidError {
  override readonly name = 'WorkerError';
  readonly end: WorkerEnd;

  constructor(subject: Phrase, end: WorkerEnd, advice: Phrase) {
    super(sentenceOf(subject, end, advice));
    this.end = end;
  }
}

function sentenceOf(subject: Phrase, { how, reason }: WorkerEnd, advice: Phrase): Sentence {
  const values = { subject, reason, given: reason === '' ? 'no' : 'yes' } as const;
  switch (how) {
    case 'unloadable':
      return sentence('errors.worker.unloadable', values);
    case 'wounded':
      return sentence('errors.worker.wounded', { ...values, advice });
    case 'ended':
      return sentence('errors.worker.ended', { ...values, advice });
  }
}

export interface SupervisorOptions<Event> {
  /** Starts the worker; `isRetry` asks for an uncached address, after its script could not be loaded. */
  readonly create: (isRetry: boolean) => WorkerPort;
  /** Subject of the sentences about it, such as "training worker". */
  readonly subject: Phrase;
  /** Advice for the user when it has ended; the next call starts another one. */
  readonly advice: Phrase;
  readonly onEvent?: (event: Event) => void;
  /** Called before the pending calls are rejected. */
  readonly onEnd?: (end: WorkerEnd, error: WorkerError) => void;
}

export interface Supervised<Api> extends Client<Api> {
  /** Ends the worker and rejects pending calls with this error. */
  end(error: Error): void;
}

interface Life<Api> {
  /** Settles when the worker can be called, or never will. */
  readonly connection: Promise<Connection<Api>>;
  end(error: Error): void;
}

/** A worker that is started by the first call, and started again by the first call after its end. */
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
    // Those who call hear of it. A browser may refuse a worker by an exception, too.
    connection.catch(() => {
      if (current?.connection === connection) current = null;
    });
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

/** A factory of workers from a script. `name` becomes `self.name` in the worker. */
export function workerFrom(script: string, name = ''): (isRetry: boolean) => Worker {
  return (isRetry) => {
    const address = new URL(script, location.href);
    if (isRetry) address.searchParams.set('retry', String(Date.now()));
    return new Worker(address, { type: 'module', name });
  };
}
