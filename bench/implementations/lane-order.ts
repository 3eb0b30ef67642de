import { startDevice } from '../../src/engine/device/device.ts';
import type { TrainingBackend } from '../../src/engine/kernels/webgpu/backend.ts';
import { Recording } from '../../src/engine/kernels/webgpu/pipelines.ts';
import type { Slice } from '../../src/engine/kernels/webgpu/recording/buffers.ts';
import { recordingBackend } from '../../src/engine/kernels/webgpu/recording/step-recorder.ts';
import { upload } from '../../src/engine/training/device-batch.ts';
import { Model } from '../../src/engine/training/model.ts';
import { milliseconds, type Row } from '../row.ts';
import { batchOf, CLASSES, netOf, RATES, SEED, type Task } from '../task.ts';

const LANES = 3;
const STEPS = 20;
const REPEATS = 15;
/** No repeat begins later, in ms: a software device takes seconds for one. */
const LATEST = 20_000;

/** The dispatches of a lane's step, and where they write its metrics. */
interface RecordedLane {
  readonly recording: Recording;
  readonly metrics: Slice;
}

/**
 * Milliseconds of a round of equal lanes by the order in which their dispatches are submitted. Each lane has buffers of its
 * own here, so that a device may compute several at a time; the page's lanes share the buffers of a step.
 */
export async function laneOrder(task: Task): Promise<readonly Row[]> {
  await startDevice('webgpu');
  const current = recordingBackend();
  if (current === null) throw new Error('lane-order: needs a device that records steps');
  const lanes = Array.from({ length: LANES }, () => recordLane(current, task));
  const recordings = lanes.map(({ recording }) => recording);
  const orders: Readonly<Record<string, () => void>> = {
    'one after another, a submit each': () => {
      for (const recording of recordings) {
        current.replay(recording);
        current.flush();
      }
    },
    'one after another in one submit': submitted(current, recordings),
    'dispatches in turns in one submit': submitted(current, [inTurns(recordings)]),
  };
  const timed = Object.entries(orders).map(([name, round]) => {
    const times: number[] = [];
    return { name, round, times };
  });
  const begun = performance.now();
  for (let repeat = 0; repeat < REPEATS && (repeat < 2 || performance.now() - begun < LATEST); repeat++) {
    for (const { round, times } of timed) {
      const start = performance.now();
      for (let nth = 0; nth < STEPS; nth++) round();
      await checkLosses(current, lanes);
      // In the first repeat the device's clock rises.
      if (repeat > 0) times.push((performance.now() - start) / STEPS);
    }
  }
  return timed.map(({ name, times }) => milliseconds(name, `${LANES} lanes`, times));
}

function recordLane(current: TrainingBackend, task: Task): RecordedLane {
  const model = new Model(netOf(task), task.size, CLASSES, SEED, { records: false });
  const batch = upload(batchOf(task), task.size, CLASSES);
  const step = () => model.step(batch, RATES);
  current.dryRun(() => step().dispose());
  const { result, recording } = withoutReuse(current, () => current.record(step));
  if (recording === null) throw new Error('lane-order: the step cannot be recorded');
  return { recording, metrics: current.locate(result) };
}

/** Has every tensor of a step keep its buffer. */
function withoutReuse<T>(current: TrainingBackend, run: () => T): T {
  Object.defineProperty(current, 'disposeData', { value: () => false, configurable: true });
  try {
    return run();
  } finally {
    Reflect.deleteProperty(current, 'disposeData');
  }
}

function submitted(current: TrainingBackend, recordings: readonly Recording[]): () => void {
  return () => {
    for (const recording of recordings) current.replay(recording);
    current.flush();
  };
}

/** The first dispatch of each, the second of each, and so on. */
function inTurns(recordings: readonly Recording[]): Recording {
  const [first] = recordings;
  const nths = first?.commands.map((_, nth) => recordings.flatMap(({ commands }) => commands[nth] ?? [])) ?? [];
  return new Recording(nths.flat());
}

/** Waits until all is computed. Equal lanes must have equal losses, whatever the order. */
async function checkLosses(current: TrainingBackend, lanes: readonly RecordedLane[]): Promise<void> {
  const losses: number[] = [];
  for (const { metrics } of lanes) {
    const { dataId } = current.copyOut([2], 'float32', metrics);
    losses.push(Number((await current.read(dataId))[0]));
    current.disposeData(dataId);
  }
  if (!losses.every((loss) => loss === losses[0])) throw new Error(`lane-order: losses ${losses.join(', ')} differ`);
}
