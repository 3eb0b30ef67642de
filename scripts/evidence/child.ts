/** The program of a child process: trains one net of a definition further and writes its state. */
import '../../src/language/speak-english.ts';
import * as v from 'valibot';
import { LabError } from '../lab/error.ts';
import { isExpected } from '../lab/expected.ts';
import { startNodeDevice } from '../node-device.ts';
import { childSchema } from './children.ts';
import { presentCommit } from './commit.ts';
import { datasetOf } from './data.ts';
import { readDefinition, tasksOf } from './definition.ts';
import { readState, writeState } from './net-state.ts';
import { trainNet } from './train-net.ts';

// A parent that was killed cannot say so.
process.on('disconnect', () => process.exit(1));

const tell = (message: object) => new Promise((resolve) => process.send?.(message, resolve));

const order = v.parse(childSchema, JSON.parse(process.argv[2] ?? 'null'));
try {
  const definition = await readDefinition(order.name);
  const task = tasksOf(definition)[order.task];
  if (task === undefined) throw new LabError(`${order.name}: there is no net ${order.task}`);
  const device = await startNodeDevice(order.backend);
  const dataset = await datasetOf(definition.experiment.data, order.folder);
  const training = { task, definition, dataset, device, commit: presentCommit(), until: order.until };
  for await (const state of trainNet(training, await readState(order.file))) {
    await writeState(order.file, state);
    await tell({ type: 'saved', step: state.losses.length });
  }
  await tell({ type: 'done' });
} catch (error) {
  if (!isExpected(error)) throw error;
  await tell({ type: 'failed', reason: error.message });
}
process.exit(0);
