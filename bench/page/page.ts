import type { Answer, Request } from '../implementations/serve.ts';

declare global {
  interface Window {
    /** Asks the worker of this number, which is started where there is none. */
    ask: (implementation: number, request: Request) => Promise<Answer>;
    /** Ends it, and its threads and device with it. */
    end: (implementation: number) => void;
  }
}

const workers = new Map<number, Worker>();

function workerOf(implementation: number): Worker {
  const known = workers.get(implementation);
  if (known !== undefined) return known;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  workers.set(implementation, worker);
  return worker;
}

window.ask = (implementation, request) =>
  new Promise((resolve) => {
    const worker = workerOf(implementation);
    worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    worker.onerror = ({ message }) => resolve({ type: 'failed', message: message || 'the worker cannot be loaded' });
    worker.postMessage(request);
  });

window.end = (implementation) => {
  workers.get(implementation)?.terminate();
  workers.delete(implementation);
};
