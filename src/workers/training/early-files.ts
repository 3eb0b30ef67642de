/**
 * The files that a worker reads first, fetched by the page while the worker's own script is on its way and transferred to
 * it. Each goes over the wire once, whatever a browser makes of two requests at the same time.
 */
import type { Port } from '../liveness.ts';

interface EarlyFile {
  readonly type: 'file';
  readonly name: string;
  /** Null where the page could not fetch it: the worker then asks itself, and says what is wrong. */
  readonly bytes: ArrayBuffer | null;
}

/** A worker's name that tells it the address of its data files, and the names of those that the page will send. */
export function nameWith(folder: string, files: readonly string[]): string {
  return `${folder}#${files.join()}`;
}

/** Fetches files of a folder and transfers them to a worker, each when it is there. */
export function sendFiles(worker: Pick<Port, 'postMessage'>, folder: string, files: readonly string[]): void {
  for (const name of files) {
    const send = (bytes: ArrayBuffer | null) => {
      const message: EarlyFile = { type: 'file', name, bytes };
      worker.postMessage(message, bytes === null ? [] : [bytes]);
    };
    fetch(new URL(name, folder), { priority: 'low' })
      .then((response) => (response.ok ? response.arrayBuffer() : null))
      .then(send, () => send(null));
  }
}

export interface EarlyFiles {
  /** Address of the data files. */
  readonly folder: string;
  /** The bytes of a file that the page sends, once; null for others. Resolves when they arrive. */
  take(name: string): Promise<ArrayBuffer | null>;
}

/** The worker's side of `sendFiles`, to be called before its first task ends. */
export function receiveFiles(scope: Port, workerName: string): EarlyFiles {
  const [folder = '', names = ''] = workerName.split('#');
  const arrivals = new Map<string, (bytes: ArrayBuffer | null) => void>();
  const files = new Map(
    names.split(',').map((name) => [
      name,
      new Promise<ArrayBuffer | null>((resolve) => {
        arrivals.set(name, resolve);
      }),
    ]),
  );
  scope.addEventListener('message', ({ data }: MessageEvent<EarlyFile | { readonly type: 'call' }>) => {
    if (data.type === 'file') arrivals.get(data.name)?.(data.bytes);
  });
  return {
    folder,
    take: async (name) => {
      const file = files.get(name) ?? null;
      files.delete(name);
      return file;
    },
  };
}
