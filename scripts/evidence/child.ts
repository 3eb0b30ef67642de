/** The program of a child process: trains one net of a definition further and writes its state. */
import '../../src/language/speak-english.ts';
import * as v from 'valibot';
import { DataError } from '../../src/data/dataset.ts';
import { DeviceError } from '../../src/engine/device/error.ts';
import { MemoryError } from '../../src/engine/weights/memory.ts';
import { LabError } from '../lab/error.ts';
import { startNodeDevice } from '../node-device.ts';
import { childSchema } from './children.ts';
import { datasetOf } from './data.ts';
import { readDefinition, tasksOf } from './definition.ts';
import { readState, writeState } from './net-state.ts';
import { trainNet } from './train-net.ts';

// A parent that was killed cannot say so.
process.on('disconnect', () => process.exit(1));

const order = v.parse(childSchema, JSON.parse(process.argv[2] ?? 'null'));
try {
  const definition = await readDefinition(order.name);
  const task = tasksOf(definition)[order.task];
  if (task === undefined) throw new LabError(`${order.name}: there is no net ${order.task}`);
  const device = await startNodeDevice(order.backend);
  const dataset = await datasetOf(definition.experiment.data, order.folder);
  const training = { task, definition, dataset, device, commit: order.commit, until: order.until };
  for await (const state of trainNet(training, await readState(order.file))) {
    await writeState(order.file, state);
    process.send?.({ type: 'saved', step: state.losses.length });
  }
} catch (error) {
  const isKnown = [DataError, DeviceError, MemoryError, LabError].some((known) => error instanceof known);
  if (!isKnown || !(error instanceof Error)) throw error;
  await new Promise((resolve) => process.send?.({ type: 'failed', reason: error.message }, resolve));
}
process.exit(0);
