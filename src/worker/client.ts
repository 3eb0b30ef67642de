import type { Command, Failure, Finding, FromWorker, Question, Report, ToWorker } from './protocol.ts';

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
  /** Resolves with the answer. Rejects with a `WorkerFailure`, one named Withdrawn where the signal was aborted. */
  inquire(question: Question, options?: InquireOptions): Promise<Finding>;
}

export interface InquireOptions {
  /** Hears of what is there so far. */
  readonly onPart?: (part: Finding) => void;
  readonly signal?: AbortSignal;
}

interface Waiting {
  readonly resolve: (finding: Finding | null) => void;
  readonly onPart?: ((part: Finding) => void) | undefined;
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
    const asked = waiting.get(data.id);
    if (data.kind === 'part') {
      asked?.onPart?.(data.finding);
      return;
    }
    waiting.delete(data.id);
    if (data.kind === 'failed') asked?.reject(new WorkerFailure(data.failure));
    else asked?.resolve(data.kind === 'found' ? data.finding : null);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    const message = `training worker: ${event.message || 'it could not be loaded'}; reload the page`;
    const failure = { name: 'WorkerError', message };
    onReport({ tell: 'broken', failure });
    for (const { reject } of waiting.values()) reject(new WorkerFailure(failure));
    waiting.clear();
  };

  const post = (message: ToWorker) => worker.postMessage(message);
  return {
    ask: (command) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve: () => resolve(), reject });
        post({ id: lastId, command });
      }),
    inquire: (question, { onPart, signal } = {}) => {
      lastId += 1;
      const id = lastId;
      const withdraw = () => post({ id, withdraw: true });
      return new Promise<Finding>((resolve, reject) => {
        const found = (finding: Finding | null) =>
          finding === null ? reject(new Error('worker: it answered a question with done')) : resolve(finding);
        waiting.set(id, { resolve: found, reject, onPart });
        post({ id, question });
        if (signal?.aborted === true) withdraw();
        signal?.addEventListener('abort', withdraw);
      }).finally(() => signal?.removeEventListener('abort', withdraw));
    },
  };
}
