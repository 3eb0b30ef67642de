import type { DataSpec } from '../core/experiment/experiment.ts';
import type { Report } from '../core/results/report.ts';
import { filesOf } from '../data/sources/files.ts';
import { sentence } from '../language/sentence.ts';
import type { InferenceApi } from './inference/api.ts';
import pretrained from './inference/pretrained-main.ts?worker&url';
import type { LibraryApi } from './library/api.ts';
import library from './library/library-main.ts?worker&url';
import { type Supervised, type SupervisorOptions, supervise, workerFrom } from './supervisor.ts';
import type { TrainingApi } from './training/api.ts';
import { nameWith, sendFiles } from './training/early-files.ts';
import training from './training/main.ts?worker&url';

type Hearer<Event> = Required<Pick<SupervisorOptions<Event>, 'onEvent' | 'onEnd'>>;

/** What a worker's errors call it, and what they advise. */
function said(
  subject: 'errors.worker.training' | 'errors.worker.library' | 'errors.worker.net',
  advice: 'errors.worker.tryAgain' | 'errors.worker.loadAgain' = 'errors.worker.tryAgain',
) {
  return { subject: sentence(subject), advice: sentence(advice) };
}

/**
 * The worker that trains, which reads its data files from the folder at the address `dataFolder`. `data` is what it is
 * about to be asked for: the page fetches those files beside the worker's script.
 */
export function startTraining(
  dataFolder: string,
  data: () => DataSpec,
  hearer: Hearer<Report>,
): Supervised<TrainingApi> {
  const create = (isRetry: boolean) => {
    const files = filesOf(data());
    const worker = workerFrom(training, nameWith(dataFolder, files))(isRetry);
    sendFiles(worker, dataFolder, files);
    return worker;
  };
  return supervise<TrainingApi, Report>({ ...hearer, create, ...said('errors.worker.training') });
}

/** The worker that reads and keeps a person's files. */
export function startLibrary(): Supervised<LibraryApi> {
  return supervise<LibraryApi>({ create: workerFrom(library), ...said('errors.worker.library') });
}

/** The worker of the net that others trained. */
export function startPretrained(onEnd: Hearer<never>['onEnd']): Supervised<InferenceApi> {
  return supervise<InferenceApi>({
    create: workerFrom(pretrained),
    onEnd,
    ...said('errors.worker.net', 'errors.worker.loadAgain'),
  });
}
