import { readFile } from 'node:fs/promises';
import { sizesOf, sizeWithin, USUAL_PICTURE_SIZE, USUAL_SIZES } from '../../src/core/data/images.ts';
import { type DataSpec, EMOJI_VERSION, type Experiment } from '../../src/core/experiment/experiment.ts';
import { ExperimentError, parseExperiment } from '../../src/core/experiment/parse/parse.ts';
import { MOST_TYPED } from '../../src/core/experiment/parse/parse-values.ts';
import { PRESETS } from '../../src/core/experiment/presets.ts';
import { cutName, printable, quote } from '../../src/core/quote.ts';
import { countOf } from '../../src/data/import/sets/imported-dataset.ts';
import { LabError } from './error.ts';
import type { LabOptions } from './options.ts';
import type { PackedData } from './own-data.ts';

/** The experiment that the options ask for. Throws a `LabError`. */
export async function chooseExperiment(options: LabOptions, own: PackedData | null = null): Promise<Experiment> {
  if (options.data !== undefined && options.task !== undefined) {
    throw new LabError(`--task: ${options.task} is for the emoji; leave it or --data out`);
  }
  const experiment =
    options.experiment === undefined ? PRESETS[options.preset] : await readExperiment(options.experiment);
  if (experiment.lanes.length === 0) throw new LabError('experiment: there is no net in it; give one or more');
  const { mean = experiment.recipe.mean, steps: until = experiment.until } = options;
  const { batch } = experiment.recipe;
  // As on the page: a small set is no reason to fail.
  const most = own === null ? batch : Math.min(batch, 2 ** Math.floor(Math.log2(countOf(own.set.train))));
  const recipe = { ...experiment.recipe, mean, batch: most };
  const data = own === null ? chooseData(experiment.data, options) : ownSpec(own, options.size, experiment.data.size);
  return { ...experiment, data, recipe, until };
}

/** The user's own images at the requested size, otherwise at the experiment's, as the page opens them. */
function ownSpec({ name, set, hash }: PackedData, wanted: number | undefined, usual: number): DataSpec {
  const { size: made } = set;
  const sizes = sizesOf(made);
  if (wanted !== undefined && !sizes.some((each) => each === wanted)) {
    throw new LabError(`--size: ${wanted} is not one of ${sizes.join(', ')}`);
  }
  const size = made === USUAL_PICTURE_SIZE ? sizeWithin(made, wanted ?? usual) : made;
  return { source: 'own', name: cutName(name, MOST_TYPED), hash, size, ...(made !== USUAL_PICTURE_SIZE && { made }) };
}

function chooseData(spec: DataSpec, { data, task, size: wanted }: LabOptions): DataSpec {
  if (data === undefined && spec.source === 'cifar10') {
    throw new LabError('experiment: it is about CIFAR-10; say where that is with --data cifar10-bin=FOLDER');
  }
  if (data === undefined && spec.source === 'own') {
    throw new LabError(`experiment: its images, ${quote(spec.name)}, are in a browser; give others with --data`);
  }
  const size = wanted === undefined ? usualSize(spec.size, 'experiment: its size') : usualSize(wanted, '--size');
  if (data !== undefined || spec.source !== 'emoji') return { source: 'cifar10', size };
  return { source: 'emoji', task: task ?? spec.task, size, version: EMOJI_VERSION };
}

function usualSize(size: number, what: string): (typeof USUAL_SIZES)[number] {
  const usual = USUAL_SIZES.find((each) => each === size);
  if (usual === undefined) throw new LabError(`${what}: ${size} is not one of ${USUAL_SIZES.join(', ')}`);
  return usual;
}

async function readExperiment(path: string): Promise<Experiment> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new LabError(`--experiment: ${printable(path)} cannot be read (${reasonOf(error)})`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new LabError(`--experiment: ${printable(path)} is not JSON (${reasonOf(error)})`);
  }
  try {
    return parseExperiment(json);
  } catch (error) {
    if (error instanceof ExperimentError) throw new LabError(error.message);
    throw error;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error);
}
