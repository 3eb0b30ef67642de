import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Remote } from './remote.ts';
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

/** The same net in PyTorch, in a Python of its own; on the CPU with one thread. */
export async function startTorch(
  name: string,
  python: string,
  task: Task,
  { device, compile }: TorchOptions,
): Promise<Remote> {
  const script = fileURLToPath(new URL('torch_step.py', import.meta.url));
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ask = async (line: string): Promise<unknown> => {
    child.stdin.write(`${line}\n`);
    const { done, value } = await lines.next();
    if (done === true) throw new Error(`${name}: Python ended`);
    return JSON.parse(value);
  };
  const { nodes } = graphOf(task);
  const weights = startValues({ nodes }).map((each) => ({ ...each, values: [...each.values] }));
  const { images, labels } = batchOf(task);
  const [rate, momentum] = [RATES.rate, RATES.momentum];
  const net = { nodes, weights, images: [...images], labels: [...labels], batch: task.batch, size: task.size };
  const { detail } = v.parse(
    helloSchema,
    await ask(JSON.stringify({ ...net, rate, momentum, device, compile, threads: 1 })),
  );
  return {
    name,
    detail,
    step: async (count = 1) => v.parse(stepSchema, await ask(String(count))),
    end: async () => {
      child.stdin.end();
    },
  };
}
