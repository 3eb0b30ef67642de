import { PRESETS } from '../../src/core/experiment/presets.ts';
import type { Report } from '../../src/core/results/report.ts';
import { startDevice } from '../../src/engine/device/device.ts';
import { sayIt, sentence } from '../../src/language/sentence.ts';
import { supervise, workerFrom } from '../../src/workers/supervisor.ts';
import { Session } from '../../src/workers/training/session.ts';
import type { ShardApi } from '../../src/workers/training/shards/api.ts';
import type { StartShard } from '../../src/workers/training/shards/shard-workers.ts';
import { type RaceTask, SHARD } from '../race-task.ts';
import type { Implementation } from './implementation.ts';
import type { WasmPaths } from './ours.ts';

const startShard: StartShard = (onEnd) =>
  supervise<ShardApi>({
    create: workerFrom(self.location.href, SHARD),
    subject: sentence('errors.worker.training'),
    advice: sentence('errors.worker.tryAgain'),
    onEnd: ({ reason }) => onEnd(sayIt(reason)),
  });

/** Rounds after which the race must be distributed. */
const MOST_ROUNDS_BEFORE = 200;

async function readData(name: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(`/data/${name}`)).arrayBuffer());
}

/** The training worker's session; a step is a round. */
export async function race(
  { preset, workers, threads }: RaceTask,
  wasmPaths: WasmPaths | null,
): Promise<Implementation> {
  let [loss, training, rounds] = [Number.NaN, 1, 0];
  const emit = (report: Report) => {
    if (report.type === 'distributed') training = report.workers;
    if (report.type === 'progress') loss = report.race.points[0]?.losses.at(-1) ?? loss;
  };
  const session = new Session({
    emit,
    read: readData,
    ...(wasmPaths !== null && { wasmPaths }),
    ...(workers > 1 && { startShard }),
    start: async (choice, options = {}) => ({
      ...(await startDevice(choice, { ...options, wasmThreads: threads })),
      cores: workers,
    }),
  });
  await session.open({ experiment: { ...PRESETS[preset], surgery: [] }, backend: 'wasm' });
  const step = async (count: number) => {
    rounds += count;
    await session.train({ until: rounds });
    return loss;
  };
  while (training < workers && rounds < MOST_ROUNDS_BEFORE) await step(1);
  if (training < workers) throw new Error(`race: ${training} of ${workers} workers train`);
  const detail = workers > 1 ? `${workers} workers` : `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return { detail, step };
}
