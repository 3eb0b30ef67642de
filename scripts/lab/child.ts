/** The program of a child process: trains one experiment with one seed and reports to its parent. */
import '../../src/language/speak-english.ts';
import { readFile } from 'node:fs/promises';
import { MEASURED } from '../../src/core/data/measured.ts';
import { runDevice } from '../../src/core/experiment/device.ts';
import { datasetFrom } from '../../src/data/decoded-images.ts';
import { storedImages } from '../../src/data/import/packed-dataset.ts';
import { loadDataset } from '../../src/data/sources/source.ts';
import { majorityError } from '../../src/data/summary.ts';
import { sayIt } from '../../src/language/sentence.ts';
import { readFolder } from '../data/files.ts';
import { startNodeDevice } from '../node-device.ts';
import { isExpected } from './expected.ts';
import { type Message, parseTask } from './jobs.ts';
import { runSeed } from './run-seed.ts';

function tell(message: Message): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, () => resolve());
  });
}

async function work(task: string | undefined): Promise<Message> {
  try {
    const { experiment, backend, folder, own, trbEvery, trbAt, insight } = parseTask(task);
    const device = await startNodeDevice(backend);
    const { data } = experiment;
    const dataset =
      own === null || data.source !== 'own'
        ? await loadDataset(data, readFolder(folder))
        : datasetFrom(storedImages(await readFile(own), data.name), data);
    const onStep = (step: number) => void tell({ type: 'step', step });
    const run = await runSeed(experiment, dataset, device, { trbEvery, trbAt, insight, onStep });
    const passedOver = device.passedOver.map(({ backend, reason }) => ({ backend, reason: sayIt(reason) }));
    return {
      type: 'done',
      device: { ...runDevice(device), passedOver },
      majority: majorityError(dataset).error,
      images: {
        training: Math.min(dataset.train.labels.length, MEASURED.training),
        test: Math.min(dataset.test.labels.length, MEASURED.test),
      },
      run,
    };
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { type: 'failed', reason: error.message };
  }
}

// A parent that was killed cannot say so.
process.on('disconnect', () => process.exit(1));

await tell(await work(process.argv[2]));
process.exit(0);
