import type { Answer, Request } from '../contenders/serve.ts';

declare global {
  interface Window {
    /** Asks the worker of this number, which is started where there is none. */
    ask: (contender: number, request: Request) => Promise<Answer>;
    /** Ends it, and its threads and device with it. */
    end: (contender: number) => void;
  }
}

const workers = new Map<number, Worker>();

function workerOf(contender: number): Worker {
  const known = workers.get(contender);
  if (known !== undefined) return known;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  workers.set(contender, worker);
  return worker;
}

window.ask = (contender, request) =>
  new Promise((resolve) => {
    const worker = workerOf(contender);
    worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    worker.onerror = ({ message }) => resolve({ told: 'failed', message: message || 'the worker cannot be loaded' });
    worker.postMessage(request);
  });

window.end = (contender) => {
  workers.get(contender)?.terminate();
  workers.delete(contender);
};
