import { type ForwardTask, isForward } from '../forward-task.ts';
import type { Row } from '../row.ts';
import type { Task } from '../task.ts';
import { type Contender, type Entry, type Step, timed } from './contender.ts';
import type { WasmPaths } from './ours.ts';
import type { Probe } from './probe.ts';
import { type Counts, countWebGpu, skipWork, takeCounts } from './webgpu-counter.ts';

/** What is asked of the worker or process that a contender runs in, and what it answers. */
export type Request =
  | { readonly ask: 'make'; readonly entry: Entry }
  | { readonly ask: 'step'; readonly count: number }
  | { readonly ask: 'count' }
  | { readonly ask: 'peak' }
  | { readonly ask: 'logits' }
  /** Questions about the GPU itself, independent of any contender. */
  | { readonly ask: 'adapter' }
  | { readonly ask: 'probe' }
  /** Timings of the engine on the GPU: by shader, or by changed tuning parameter. */
  | { readonly ask: 'profile' | 'sweep'; readonly task: Task };

export type Answer =
  | { readonly told: 'made'; readonly detail: string }
  | { readonly told: 'step'; readonly step: Step }
  | { readonly told: 'counts'; readonly counts: Counts }
  | { readonly told: 'peak'; readonly bytes: number }
  | { readonly told: 'logits'; readonly values: Float32Array }
  | { readonly told: 'adapter'; readonly name: string }
  | { readonly told: 'probe'; readonly probe: Probe }
  | { readonly told: 'rows'; readonly rows: readonly Row[] }
  | { readonly told: 'failed'; readonly message: string };

/** Answers one contender's requests, one after another. */
export function serve(wasmPaths: WasmPaths | null): (request: Request) => Promise<Answer> {
  let contender: Contender | null = null;
  const standing = () => {
    if (contender === null) throw new Error('contender: none was made');
    return contender;
  };
  const answer = async (request: Request): Promise<Answer> => {
    switch (request.ask) {
      case 'make':
        contender = await make(request.entry, wasmPaths);
        if (request.entry.count === 'skip') skipWork();
        return { told: 'made', detail: contender.detail };
      case 'step':
        return { told: 'step', step: await timed(standing(), request.count) };
      case 'count':
        takeCounts();
        await timed(standing());
        return { told: 'counts', counts: takeCounts() };
      case 'peak':
        return { told: 'peak', bytes: (await standing().peak?.()) ?? Number.NaN };
      case 'logits':
        return { told: 'logits', values: (await standing().logits?.()) ?? new Float32Array() };
      case 'adapter':
        return { told: 'adapter', name: await (await import('./probe.ts')).nameAdapter() };
      case 'probe':
        return { told: 'probe', probe: await (await import('./probe.ts')).probe() };
      case 'profile':
        return { told: 'rows', rows: await (await import('./profile.ts')).profile(request.task) };
      case 'sweep':
        return { told: 'rows', rows: await (await import('./sweep.ts')).sweep(request.task) };
      default:
        return request satisfies never;
    }
  };
  return (request) => answer(request).catch((error: unknown) => ({ told: 'failed', message: String(error) }));
}

async function make({ by, backend, task, lanes = 1, threads, count }: Entry, paths: WasmPaths | null) {
  if (isForward(task)) return makeForward({ by, backend, task, threads }, paths);
  if (count !== undefined) countWebGpu();
  if (threads !== undefined) sayCores(threads);
  if (by === 'ours' && backend !== 'webgl') return (await import('./ours.ts')).ours(task, backend, lanes, paths);
  if (by === 'stock' && backend !== 'wasm') return (await import('./stock.ts')).stock(task, backend);
  if (by === 'jax' && (backend === 'webgpu' || backend === 'wasm'))
    return (await import('./jax.ts')).jax(task, backend);
  throw new Error(`contender: ${by} cannot train on ${backend}`);
}

interface ForwardEntry extends Pick<Entry, 'by' | 'backend'> {
  readonly task: ForwardTask;
  readonly threads: number | undefined;
}

async function makeForward({ by, backend, task, threads }: ForwardEntry, paths: WasmPaths | null) {
  if (by === 'ours' && backend !== 'webgl') {
    return (await import('./forward.ts')).forward(task, backend, threads, paths);
  }
  if (by === 'onnx' && (backend === 'webgpu' || backend === 'wasm')) {
    return (await import('./onnx.ts')).onnx(task, backend, threads ?? 1);
  }
  throw new Error(`contender: ${by} cannot run a net on ${backend}`);
}

/** Overrides `navigator.hardwareConcurrency`, so that every contender starts at most this many threads. */
function sayCores(cores: number): void {
  const prototype: object = Object.getPrototypeOf(navigator);
  Object.defineProperty(prototype, 'hardwareConcurrency', { get: () => cores, configurable: true });
}
