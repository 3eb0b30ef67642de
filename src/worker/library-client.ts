import { WorkerFailure } from './client.ts';
import type { FromLibrary, LibraryAnswer, LibraryCommand, ToLibrary } from './library-protocol.ts';

export interface LibraryClient {
  /** Resolves with what came of it. Rejects with a `WorkerFailure`. */
  ask(command: LibraryCommand): Promise<LibraryAnswer>;
  /** What is being read is not wanted any more; who waits for it hears a failure named Cancelled. */
  cancel(): void;
  /** What was fetched so far is enough: who waits for it hears what that is. */
  enough(): void;
  /** Who hears how much of what is read is read, 0 to 1. */
  onProgress(hear: (fraction: number) => void): void;
}

interface Waiting {
  readonly resolve: (answer: LibraryAnswer) => void;
  readonly reject: (failure: WorkerFailure) => void;
}

/** The librarian, which is started when something is asked of it. */
export function startLibrary(): LibraryClient {
  let onProgress: (fraction: number) => void = () => {};
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let started: Worker | null = null;
  const start = (): Worker => {
    const worker = new Worker(new URL('./library-main.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<FromLibrary>) => {
      if (data.kind === 'progress') {
        onProgress(data.fraction);
        return;
      }
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.kind === 'failed') asked?.reject(new WorkerFailure(data.failure));
      else asked?.resolve(data.answer);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const message = `library: ${event.message || 'its worker could not be loaded'}; reload the page`;
      for (const { reject } of waiting.values()) reject(new WorkerFailure({ name: 'WorkerError', message }));
      waiting.clear();
      worker.terminate();
      started = null;
    };
    return worker;
  };
  const post = (message: ToLibrary) => {
    started ??= start();
    started.postMessage(message);
  };
  return {
    ask: (command) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        post({ id: lastId, command });
      }),
    onProgress: (hear) => {
      onProgress = hear;
    },
    cancel: () => started?.postMessage({ cancel: true } satisfies ToLibrary),
    enough: () => started?.postMessage({ enough: true } satisfies ToLibrary),
  };
}
