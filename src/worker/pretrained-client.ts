import type { DamagedGuess, Loading } from '../spec/pretrained.ts';
import { WorkerFailure } from './client.ts';
import type { FromPretrained, PretrainedAnswer, PretrainedCommand, ToPretrained } from './pretrained-protocol.ts';

export interface PretrainedClient {
  /** Resolves with what came of it. Rejects with a `WorkerFailure`. */
  ask(command: PretrainedCommand): Promise<PretrainedAnswer>;
  /** Ends the worker, and with it everything that its net takes; who waits for it hears a failure named Released. */
  release(): void;
}

export interface PretrainedHearer {
  onLoading(loading: Loading): void;
  onDamaged(part: DamagedGuess): void;
}

interface Waiting {
  readonly resolve: (answer: PretrainedAnswer) => void;
  readonly reject: (failure: WorkerFailure) => void;
}

/** The worker of the net that others trained, which is started when something is asked of it. */
export function startPretrained({ onLoading, onDamaged }: PretrainedHearer): PretrainedClient {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let started: Worker | null = null;
  const end = (failure: WorkerFailure) => {
    started?.terminate();
    started = null;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  const hear = ({ data }: MessageEvent<FromPretrained>) => {
    switch (data.kind) {
      case 'progress':
        return onLoading(data.loading);
      case 'damaged':
        return onDamaged(data.part);
      case 'done':
        waiting.get(data.id)?.resolve(data.answer);
        break;
      case 'failed':
        waiting.get(data.id)?.reject(new WorkerFailure(data.failure));
        break;
      default:
        return data satisfies never;
    }
    waiting.delete(data.id);
  };
  const start = (): Worker => {
    const worker = new Worker(new URL('./pretrained-main.ts', import.meta.url), { type: 'module' });
    worker.onmessage = hear;
    worker.onerror = (event) => {
      event.preventDefault();
      const message = `net: its worker stopped (${event.message || 'it could not be loaded'}); load it again`;
      end(new WorkerFailure({ name: 'WorkerError', message }));
    };
    return worker;
  };
  return {
    ask: (command) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        started ??= start();
        started.postMessage({ id: lastId, command } satisfies ToPretrained);
      }),
    release: () => end(new WorkerFailure({ name: 'Released', message: 'net: it was released' })),
  };
}
