import { type ForwardTask, isForward } from '../forward-task.ts';
import { isRace } from '../race-task.ts';
import type { Row } from '../row.ts';
import type { Task } from '../task.ts';
import { type Entry, type Implementation, type Step, timed } from './implementation.ts';
import type { WasmPaths } from './ours.ts';
import type { Probe } from './probe.ts';
import { type Counts, countWebGpu, skipWork, takeCounts } from './webgpu-counter.ts';

/** What is asked of the worker or process that a implementation runs in, and what it answers. */
export type Request =
  | { readonly type: 'make'; readonly entry: Entry }
  | { readonly type: 'step'; readonly count: number }
  | { readonly type: 'count' }
  | { readonly type: 'peak' }
  | { readonly type: 'logits' }
  /** Questions about the GPU itself, independent of any implementation. */
  | { readonly type: 'adapter' }
  | { readonly type: 'probe' }
  /** Timings of the engine on the GPU: by shader, by changed tuning parameter, or by the order of several lanes. */
  | { readonly type: 'profile' | 'sweep' | 'lane-order'; readonly task: Task };

export type Answer =
  | { readonly type: 'made'; readonly detail: string }
  | { readonly type: 'step'; readonly step: Step }
  | { readonly type: 'counts'; readonly counts: Counts }
  | { readonly type: 'peak'; readonly bytes: number }
  | { readonly type: 'logits'; readonly values: Float32Array }
  | { readonly type: 'adapter'; readonly name: string }
  | { readonly type: 'probe'; readonly probe: Probe }
  | { readonly type: 'rows'; readonly rows: readonly Row[] }
  | { readonly type: 'failed'; readonly message: string };

/** Answers one implementation's requests, one after another. */
export function serve(wasmPaths: WasmPaths | null): (request: Request) => Promise<Answer> {
  let implementation: Implementation | null = null;
  const standing = () => {
    if (implementation === null) throw new Error('implementation: none was made');
    return implementation;
  };
  const answer = async (request: Request): Promise<Answer> => {
    switch (request.type) {
      case 'make':
        implementation = await make(request.entry, wasmPaths);
        if (request.entry.count === 'skip') skipWork();
        return { type: 'made', detail: implementation.detail };
      case 'step':
        return { type: 'step', step: await timed(standing(), request.count) };
      case 'count':
        takeCounts();
        await timed(standing());
        return { type: 'counts', counts: takeCounts() };
      case 'peak':
        return { type: 'peak', bytes: (await standing().peak?.()) ?? Number.NaN };
      case 'logits':
        return { type: 'logits', values: (await standing().logits?.()) ?? new Float32Array() };
      case 'adapter':
        return { type: 'adapter', name: await (await import('./probe.ts')).nameAdapter() };
      case 'probe':
        return { type: 'probe', probe: await (await import('./probe.ts')).probe() };
      case 'profile':
        return { type: 'rows', rows: await (await import('./profile.ts')).profile(request.task) };
      case 'sweep':
        return { type: 'rows', rows: await (await import('./sweep.ts')).sweep(request.task) };
      case 'lane-order':
        return { type: 'rows', rows: await (await import('./lane-order.ts')).laneOrder(request.task) };
      default:
        return request satisfies never;
    }
  };
  return (request) => answer(request).catch((error: unknown) => ({ type: 'failed', message: String(error) }));
}

async function make({ by, backend, task, lanes = 1, threads, count }: Entry, paths: WasmPaths | null) {
  if (isRace(task)) return (await import('./race.ts')).race(task, paths);
  if (isForward(task)) return makeForward({ by, backend, task, threads }, paths);
  if (count !== undefined) countWebGpu();
  if (threads !== undefined) sayCores(threads);
  if (by === 'ours' && backend !== 'webgl') return (await import('./ours.ts')).ours(task, backend, lanes, paths);
  if (by === 'stock' && backend !== 'wasm') return (await import('./stock.ts')).stock(task, backend);
  if (by === 'jax' && (backend === 'webgpu' || backend === 'wasm'))
    return (await import('./jax.ts')).jax(task, backend);
  throw new Error(`implementation: ${by} cannot train on ${backend}`);
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
  throw new Error(`implementation: ${by} cannot run a net on ${backend}`);
}

/** Overrides `navigator.hardwareConcurrency`, so that every implementation starts at most this many threads. */
function sayCores(cores: number): void {
  const prototype: object = Object.getPrototypeOf(navigator);
  Object.defineProperty(prototype, 'hardwareConcurrency', { get: () => cores, configurable: true });
}
