import { makeNet, type NetSpec, netName } from '../../core/net/net.ts';
import type { TrainingBackend } from '../../engine/kernels/webgpu/backend.ts';
import type { StepCost } from '../../engine/kernels/webgpu/pipelines.ts';
import { recordingBackend } from '../../engine/kernels/webgpu/recording/step-recorder.ts';
import type { DeviceBatch } from '../../engine/training/device-batch.ts';
import { disposeBatch } from '../../engine/training/device-batch.ts';
import { Model } from '../../engine/training/model.ts';
import { type Check, largestDifference } from './check.ts';
import { GOLDEN_SHAPE, GOLDEN_WIDTH, goldenBatch, type Task } from './golden.ts';

/** He et al.'s blocks, and choices that together have the other operations of blocks. */
const NETS = [
  makeNet('residual', 8, { width: GOLDEN_WIDTH, option: 'B' }),
  makeNet('residual', 8, {
    width: GOLDEN_WIDTH,
    choices: { norm: { type: 'group', groups: 2 }, shortcut: { type: 'highway', bias: -1 } },
  }),
  makeNet('residual', 8, { width: GOLDEN_WIDTH, choices: { order: 'pre-activation', drop: 0.5 } }),
];

interface Trained {
  /** Loss and error of each step, then the logits in evaluation. */
  readonly values: readonly number[];
  /** Bind groups that each step had made: none where it was replayed. */
  readonly bindGroups: readonly number[];
}

interface Between {
  readonly gain?: number;
  /** Whether this step takes the larger batch. */
  readonly other?: boolean;
}

/** What is done between the steps: a gain, to 0 and back too. */
const GAINS: readonly Between[] = [{}, {}, {}, { gain: 0 }, {}, { gain: 0.5 }];

/** The same, and then the batch, whose size changes once: every shader is compiled again. */
const GAINS_AND_BATCH = [...GAINS, { other: true }, { other: true }, { gain: 1, other: true }];

/** Steps of the above that a recorder may not replay: the first, and the first of another batch size. */
const RECORDED_AT = [0, 6];

async function train(
  on: TrainingBackend,
  model: Model,
  batch: DeviceBatch,
  larger: DeviceBatch,
  steps: readonly Between[],
): Promise<Trained> {
  const values: number[] = [];
  const bindGroups: number[] = [];
  for (const [step, { gain, other = false }] of steps.entries()) {
    if (gain !== undefined) model.setGain(2, gain);
    const rates = { rate: 0.1 / (1 + step), momentum: 0.9 - 0.1 * step, decay: 1e-3 * step };
    const made = countBindGroups(on);
    const metrics = model.step({ ...(other ? larger : batch), step }, rates);
    bindGroups.push(made());
    values.push(...(await metrics.data()));
    metrics.dispose();
  }
  const logits = model.logits(batch.images, 'running');
  values.push(...(await logits.data()));
  logits.dispose();
  return { values, bindGroups };
}

/** Counts what the backend's device is asked for until the result is called. */
function countBindGroups({ device }: TrainingBackend): () => number {
  const make = device.createBindGroup.bind(device);
  let count = 0;
  device.createBindGroup = (descriptor) => {
    count += 1;
    return make(descriptor);
  };
  return () => {
    device.createBindGroup = make;
    return count;
  };
}

/**
 * Compares steps that are replayed with the same computed one by one, to the last bit, and holds them to be replays. None
 * where the backend records no steps. The first net changes its batch's size, too, which is the recorder's affair and not a
 * net's.
 */
export async function checkRecorded(
  nets: readonly NetSpec[] = NETS,
  shape: Pick<Task, 'size' | 'classes' | 'batch'> = GOLDEN_SHAPE,
): Promise<readonly Check[]> {
  const current = recordingBackend();
  if (current === null) return [];
  const [batch, larger] = [goldenBatch(shape), goldenBatch({ ...shape, batch: 5 })];
  const checks: Check[] = [];
  for (const [nth, net] of nets.entries()) {
    const steps = nth === 0 ? GAINS_AND_BATCH : GAINS;
    const results: Trained[] = [];
    for (const records of [true, false]) {
      const model = new Model(net, shape.size, shape.classes, 1, { records });
      if (records) await model.prepare(batch, [batch.images], () => {});
      results.push(await train(current, model, batch, larger, steps));
      model.dispose();
    }
    const [recorded, single] = results;
    if (recorded === undefined || single === undefined) throw new Error('two ways to train');
    const needless = recorded.bindGroups.reduce((sum, made, step) => sum + (RECORDED_AT.includes(step) ? 0 : made), 0);
    const what = `recorded steps of ${netName(net)}`;
    checks.push(
      { what: `${what}: values`, difference: largestDifference(recorded.values, single.values), tolerance: 0 },
      { what: `${what}: bind groups made while replaying`, difference: needless, tolerance: 0 },
    );
  }
  disposeBatch(batch);
  disposeBatch(larger);
  return checks;
}

/** What a step of the paper's ResNet-20 costs where steps are recorded; null elsewhere. Its shapes do not matter. */
export async function costOfResNet20(): Promise<StepCost | null> {
  const { size, classes } = GOLDEN_SHAPE;
  const batch = goldenBatch(GOLDEN_SHAPE);
  const model = new Model(makeNet('residual', 20, { width: GOLDEN_WIDTH }), size, classes, 1);
  for (let step = 0; step < 2; step++) {
    const metrics = model.step(batch, { rate: 0.1, momentum: 0.9, decay: 1e-4 });
    await metrics.data();
    metrics.dispose();
  }
  const { cost } = model;
  model.dispose();
  disposeBatch(batch);
  return cost;
}
