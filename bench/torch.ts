import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { listParameters } from '../src/core/net/operation-facts.ts';
import { FORWARD_WEIGHTS, type ForwardTask, forwardGraph, forwardImages } from './forward-task.ts';
import type { ForwardRemote, Remote } from './remote.ts';
import { batchOf, graphOf, RATES, startValues, type Task } from './task.ts';

const PYTHONS = [process.env.BENCH_PYTHON, 'python3', '/usr/bin/python3', 'python'];

/** A Python whose PyTorch passes the check, or null. */
export function findTorch(check = 'import torch'): string | null {
  const works = (python: string) => spawnSync(python, ['-c', check], { stdio: 'ignore' }).status === 0;
  return PYTHONS.find((python) => python !== undefined && works(python)) ?? null;
}

export interface TorchOptions {
  readonly device: 'cpu' | 'cuda';
  readonly compile: boolean;
}

const helloSchema = v.object({ detail: v.string() });
const stepSchema = v.object({ loss: v.number(), ms: v.number() });
const passSchema = v.object({ ms: v.number() });
const logitsSchema = v.object({ logits: v.array(v.number()) });

/** A script of this folder in a Python of its own, which answers lines by lines of JSON. */
function startPython(name: string, python: string, script: string) {
  const child = spawn(python, [fileURLToPath(new URL(script, import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  // A write fails when the process has ended; the next request reports that.
  child.stdin.on('error', () => {});
  return {
    write: (bytes: Uint8Array) => child.stdin.write(bytes),
    ask: async (line: string): Promise<unknown> => {
      child.stdin.write(`${line}\n`);
      return JSON.parse(await next());
    },
    answer: async (): Promise<unknown> => JSON.parse(await next()),
    end: async () => {
      child.stdin.end();
    },
  };

  async function next(): Promise<string> {
    const { done, value } = await lines.next();
    if (done === true) throw new Error(`${name}: Python ended`);
    return value;
  }
}

/** The same net in PyTorch, in a Python of its own; on the CPU with one thread. */
export async function startTorch(
  name: string,
  python: string,
  task: Task,
  { device, compile }: TorchOptions,
): Promise<Remote> {
  const { ask, end } = startPython(name, python, 'torch_step.py');
  const { nodes } = graphOf(task);
  const weights = startValues({ nodes }).map((each) => ({ ...each, values: [...each.values] }));
  const { images, labels } = batchOf(task);
  const [rate, momentum] = [RATES.rate, RATES.momentum];
  const net = { nodes, weights, images: [...images], labels: [...labels], batch: task.batch, size: task.size };
  const { detail } = v.parse(
    helloSchema,
    await ask(JSON.stringify({ ...net, rate, momentum, device, compile, threads: 1 })),
  );
  return { name, detail, step: async (count = 1) => v.parse(stepSchema, await ask(String(count))), end };
}

export interface TorchForwardOptions {
  readonly device: 'cpu' | 'cuda';
  /** Whether convolutions may round what they multiply to 10 bits, as PyTorch has it by itself. */
  readonly tf32: boolean;
}

/** The same net, only run, its norms as they are: eager PyTorch folds none. */
export async function startTorchForward(
  name: string,
  python: string,
  task: ForwardTask,
  { device, tf32 }: TorchForwardOptions,
): Promise<ForwardRemote> {
  const { write, ask, answer, end } = startPython(name, python, 'torch_forward.py');
  const { nodes } = forwardGraph(task);
  const { size, batch } = task;
  const arrays: { readonly name: string; readonly shape: readonly number[]; readonly values: Float32Array }[] = [
    { name: 'images', shape: [batch, size, size, 3], values: forwardImages(task) },
  ];
  for (const parameter of listParameters({ nodes })) {
    arrays.push({ ...parameter, values: await FORWARD_WEIGHTS.parameter(parameter) });
  }
  for (const { op, name: norm, shape } of nodes) {
    if (op !== 'norm') continue;
    const values = await FORWARD_WEIGHTS.statistics(norm, shape[2]);
    arrays.push({ name: `${norm}.statistics`, shape: [2, shape[2]], values });
  }
  const heading = arrays.map(({ name, shape }) => ({ name, shape }));
  write(Buffer.from(`${JSON.stringify({ nodes, arrays: heading, batch, size, device, tf32, threads: 1 })}\n`));
  for (const { values } of arrays) write(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  const { detail } = v.parse(helloSchema, await answer());
  return {
    name,
    detail,
    step: async (count = 1) => ({ loss: 0, ...v.parse(passSchema, await ask(String(count))) }),
    logits: async () => Float32Array.from(v.parse(logitsSchema, await ask('logits')).logits),
    end,
  };
}
