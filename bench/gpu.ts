/** `npm run bench:gpu`: the engine on this machine's GPU by Dawn, beside tfjs-layers and PyTorch on the same one. */
import { Command, InvalidArgumentError } from 'commander';
import { multiplyAdds } from '../src/core/net/cost.ts';
import { compare } from './benchmarks/benchmark.ts';
import { countStep } from './count-step.ts';
import { forwardOnGpu } from './gpu-forward.ts';
import type { Probe } from './implementations/probe.ts';
import type { Answer, Request } from './implementations/serve.ts';
import type { Options } from './interleave.ts';
import { startInNode, startNode } from './node.ts';
import { parseCount } from './parse-count.ts';
import { record } from './record.ts';
import { expectAnswer } from './remote.ts';
import type { Group, Row } from './row.ts';
import { scaling } from './scaling.ts';
import { rounded } from './statistics.ts';
import { graphOf, nameOf, type Task } from './task.ts';
import { findTorch, startTorch } from './torch.ts';

const TASKS: readonly Task[] = [
  { depth: 20, width: 16, size: 32, batch: 128 },
  { depth: 20, width: 16, size: 16, batch: 16 },
];

/** Nets of the default preset's width, several of which a GPU could train at once. */
const SMALL_TASKS: readonly Task[] = [
  { depth: 8, width: 8, size: 16, batch: 64 },
  { depth: 32, width: 8, size: 16, batch: 64 },
];

/** What a software adapter can do in seconds. */
const TINY_TASKS: readonly Task[] = [{ depth: 8, width: 4, size: 8, batch: 4 }];

const PARTS = ['gpu', 'gpu-forward', 'gpu-lanes'];

const {
  repeats,
  only,
  software = false,
  write,
} = new Command('npm run bench:gpu --')
  .option('--repeats <count>', 'how often each implementation is timed', parseCount, 15)
  .option('--only <names>', `some of ${PARTS.join(', ')}, with commas`, parseParts, PARTS)
  .option('--software', 'where there is no GPU, goes on with a software adapter; nothing is written')
  .option('--no-write', 'writes nothing')
  .parse()
  .opts<{ repeats: number; only: readonly string[]; software?: boolean; write: boolean }>();
const log = (text: string) => process.stdout.write(`${new Date().toTimeString().slice(0, 8)} ${text}\n`);
const options: Options = { repeats, stepsPerRepeat: 20, progress: (text) => log(`  ${text}`) };

/** One question to a process that ends then. */
async function askOnce<Type extends Answer['type']>(request: Request, type: Type) {
  const { ask, end } = startNode();
  return expectAnswer('Dawn', ask, request, type).finally(end);
}

async function besideOthers(task: Task): Promise<Group> {
  const python = findTorch('import torch; assert torch.cuda.is_available()');
  const torch = (name: string, compile: boolean) => ({
    name,
    start: () => {
      if (python === null) throw new Error('no Python here has PyTorch with CUDA; BENCH_PYTHON may name one');
      return startTorch(name, python, task, { device: 'cuda', compile });
    },
  });
  const inNode = (name: string, by: 'ours' | 'stock') => ({
    name,
    start: () => startInNode(name, { by, backend: 'webgpu', task }),
  });
  const stock = inNode('tfjs-layers', 'stock');
  // A step of theirs is so long that waiting for it is nothing.
  const oneByOne = async () => {
    const remote = await stock.start();
    return { ...remote, step: () => remote.step() };
  };
  const starters = [inNode('ours', 'ours'), { ...stock, start: oneByOne }];
  const peers = [torch('PyTorch eager', false), torch('PyTorch, torch.compile', true)];
  return compare(nameOf(task), [...starters, ...peers], options);
}

/** How much of what the GPU can do a step's bound bytes and multiply-adds are. */
function shares(task: Task, { bandwidth, matmul }: Probe, ms: number, gigabytes: number): readonly Row[] {
  const teraflop = (6 * multiplyAdds(graphOf(task)) * task.batch) / 1e12;
  return [
    { name: 'copy bandwidth', value: rounded(bandwidth), unit: 'GB/s' },
    { name: 'matmul rate of tfjs', value: rounded(matmul), unit: 'TFLOP/s' },
    {
      name: 'ours: share of the copy bandwidth',
      value: rounded((100 * gigabytes) / (ms / 1000) / bandwidth, 3),
      unit: '%',
    },
    { name: 'ours: share of the matmul rate', value: rounded((100 * teraflop) / (ms / 1000) / matmul, 3), unit: '%' },
  ];
}

/** The engine in training, as a whole, by shader, by tuning and as it grows. */
async function training(): Promise<readonly Group[]> {
  const groups: Group[] = [];
  for (const task of TASKS) groups.push(await besideOthers(task));
  const [task] = TASKS;
  const [ours] = groups[0]?.rows ?? [];
  if (task !== undefined && ours !== undefined) {
    const counter = await startInNode('ours', { by: 'ours', backend: 'webgpu', task, count: 'skip' });
    const rows = await countStep('ours', counter);
    await counter.end();
    const gigabytes = rows.find(({ unit }) => unit === 'GB')?.value ?? Number.NaN;
    const { probe } = await askOnce({ type: 'probe' }, 'probe');
    groups.push({
      title: `One step of ${nameOf(task)}`,
      rows: [...rows, ...shares(task, probe, ours.value, gigabytes)],
    });
    log('by shader, and with another tuning');
    const { rows: byShader } = await askOnce({ type: 'profile', task }, 'rows');
    groups.push({ title: `By shader, each dispatch in a pass of its own: ${nameOf(task)}`, rows: byShader });
    const { rows: tunings } = await askOnce({ type: 'sweep', task }, 'rows');
    groups.push({ title: `With another tuning, one thing at a time: ${nameOf(task)}`, rows: tunings });
  }
  const starterOf = (name: string, each: Task, lanes: number) => ({
    name,
    start: () => startInNode(name, { by: 'ours', backend: 'webgpu', task: each, lanes }),
  });
  return [...groups, ...(await scaling('WebGPU by Dawn', starterOf, options))];
}

/** A round of several equal nets, by the order in which their dispatches are submitted. */
async function byLaneOrder(): Promise<readonly Group[]> {
  const groups: Group[] = [];
  for (const task of software ? TINY_TASKS : SMALL_TASKS) {
    log(`lanes of ${nameOf(task)}`);
    const { rows } = await askOnce({ type: 'lane-order', task }, 'rows');
    groups.push({ title: `A round of lanes of ${nameOf(task)}`, rows });
  }
  return groups;
}

const adapter = await askOnce({ type: 'adapter' }, 'adapter').then(
  ({ name }) => name,
  (error: unknown) => {
    log(String(error));
    return null;
  },
);
const isSoftware = adapter === 'SwiftShader';
if (adapter === null || (isSoftware && !software)) {
  log('gpu: Dawn finds none on this machine; nothing is measured');
} else {
  log(`gpu: ${adapter}`);
  const keep = (name: string, what: string, groups: readonly Group[]) => {
    if (write && !software) record(name, { what, groups, repeats, versions: { adapter } });
    else process.stdout.write(`${JSON.stringify(groups, null, 2)}\n`);
  };
  if (only.includes('gpu')) keep('gpu', `the engine on ${adapter}`, await training());
  if (only.includes('gpu-lanes')) {
    keep('gpu-lanes', `several lanes on ${adapter}, one after another and in turns`, await byLaneOrder());
  }
  if (only.includes('gpu-forward')) {
    keep('gpu-forward', `a forward pass on ${adapter} beside PyTorch`, await forwardOnGpu(isSoftware, options));
  }
}

function parseParts(text: string): readonly string[] {
  const names = text.split(',');
  for (const name of names) {
    if (!PARTS.includes(name)) throw new InvalidArgumentError(`"${name}" is not one of ${PARTS.join(', ')}`);
  }
  return names;
}
