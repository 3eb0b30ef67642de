import type { Command, Failure, FromWorker, Report, ToWorker } from './protocol.ts';

/** A failure that the worker told, on this side of the wall. Its message is the sentence to show. */
export class WorkerFailure extends Error {
  constructor({ name, message }: Failure) {
    super(message);
    this.name = name;
  }
}

export interface WorkerClient {
  /** Resolves when the worker has done it. Rejects with a `WorkerFailure`. */
  ask(command: Command): Promise<void>;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (failure: WorkerFailure) => void;
}

/**
 * Starts the worker, which reads its data files from the folder at the address `dataFolder`. Its reports come to
 * `onReport` in order; a worker that dies is told as `broken`.
 */
export function startWorker(dataFolder: string, onReport: (report: Report) => void): WorkerClient {
  const worker = new Worker(new URL('./main.ts', import.meta.url), { type: 'module', name: dataFolder });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;

  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind === 'report') {
      onReport(data.report);
      return;
    }
    const command = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === 'failed') command?.reject(new WorkerFailure(data.failure));
    else command?.resolve();
  };
  worker.onerror = (event) => {
    event.preventDefault();
    const message = `training worker: ${event.message || 'it could not be loaded'}; reload the page`;
    const failure = { name: 'WorkerError', message };
    onReport({ tell: 'broken', failure });
    for (const { reject } of waiting.values()) reject(new WorkerFailure(failure));
    waiting.clear();
  };

  return {
    ask: (command) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        const message: ToWorker = { id: lastId, command };
        worker.postMessage(message);
      }),
  };
}
