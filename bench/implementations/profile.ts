import { startDevice } from '../../src/engine/device/device.ts';
import type { TrainingBackend } from '../../src/engine/kernels/webgpu/backend.ts';
import type { Command } from '../../src/engine/kernels/webgpu/pipelines.ts';
import { recordingBackend } from '../../src/engine/kernels/webgpu/recording/step-recorder.ts';
import type { Row } from '../row.ts';
import { median, rounded } from '../statistics.ts';
import type { Task } from '../task.ts';
import { makeNets } from './nets.ts';

const STEPS = 9;

/** What each shader of a recorded step takes by the device's own clock, each dispatch in a pass of its own. */
export async function profile(task: Task): Promise<readonly Row[]> {
  await startDevice('webgpu');
  const current = recordingBackend();
  if (current === null) throw new Error('profile: needs a device that records steps');
  const { step, dispose } = makeNets(task);
  await step(3);
  const clock = clockOf(current);
  const steps: (readonly number[])[] = [];
  let commands: readonly Command[] = [];
  for (let nth = 0; nth < STEPS; nth++) {
    const begun = clock.taken();
    await step(1);
    commands = clock.commands;
    steps.push(await begun);
  }
  Reflect.deleteProperty(current, 'replay');
  dispose();
  const times = commands.map((_, at) => median(steps.map((each) => each[at] ?? Number.NaN)));
  return byShader(commands, times);
}

/** Puts a clock in the place of the backend's replays. */
function clockOf(current: TrainingBackend) {
  const { device } = current;
  let commands: readonly Command[] = [];
  let tell: (times: readonly number[]) => void = () => {};
  current.replay = (recording) => {
    current.flush();
    commands = recording.commands;
    const count = 2 * commands.length;
    const querySet = device.createQuerySet({ type: 'timestamp', count });
    const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
    const resolved = device.createBuffer({ size: 8 * count, usage });
    const read = device.createBuffer({ size: 8 * count, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    const encoder = device.createCommandEncoder();
    for (const [nth, { pipeline, bindGroup, grid }] of commands.entries()) {
      const timestampWrites = { querySet, beginningOfPassWriteIndex: 2 * nth, endOfPassWriteIndex: 2 * nth + 1 };
      const pass = encoder.beginComputePass({ timestampWrites });
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(...grid);
      pass.end();
    }
    encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, read, 0, 8 * count);
    device.queue.submit([encoder.finish()]);
    const told = tell;
    void read.mapAsync(GPUMapMode.READ).then(() => {
      const ticks = new BigUint64Array(read.getMappedRange());
      told(commands.map((_, nth) => Number((ticks[2 * nth + 1] ?? 0n) - (ticks[2 * nth] ?? 0n)) / 1e6));
      for (const each of [read, resolved, querySet]) each.destroy();
    });
  };
  return {
    /** The milliseconds of each dispatch of the next replay. */
    taken: () =>
      new Promise<readonly number[]>((resolve) => {
        tell = resolve;
      }),
    get commands() {
      return commands;
    },
  };
}

function byShader(commands: readonly Command[], times: readonly number[]): readonly Row[] {
  const sums = new Map<string, { dispatches: number; ms: number }>();
  for (const [nth, { name }] of commands.entries()) {
    const { dispatches, ms } = sums.get(name) ?? { dispatches: 0, ms: 0 };
    sums.set(name, { dispatches: dispatches + 1, ms: ms + (times[nth] ?? Number.NaN) });
  }
  const rows = [...sums].map(([name, { dispatches, ms }]) => ({
    name: `${name}, ${dispatches} times`,
    value: rounded(ms),
    unit: 'ms',
  }));
  return rows.sort((a, b) => b.value - a.value);
}
