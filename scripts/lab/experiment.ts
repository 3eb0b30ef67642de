import { readFile } from 'node:fs/promises';
import type { DataSpec, Experiment } from '../../src/spec/experiment.ts';
import { ExperimentError, parseExperiment } from '../../src/spec/parse.ts';
import { PRESETS } from '../../src/spec/presets.ts';
import { printable, quote } from '../../src/spec/quote.ts';
import { LabError } from './error.ts';
import type { LabOptions } from './options.ts';

/** The experiment that the options ask for. Throws a `LabError`. */
export async function chooseExperiment(options: LabOptions): Promise<Experiment> {
  const experiment =
    options.experiment === undefined ? PRESETS[options.preset] : await readExperiment(options.experiment);
  if (experiment.lanes.length === 0) throw new LabError('experiment: there is no net in it; give one or more');
  const { mean = experiment.recipe.mean, steps: until = experiment.until } = options;
  const recipe = { ...experiment.recipe, mean };
  return { ...experiment, data: chooseData(experiment.data, options), recipe, until };
}

function chooseData(spec: DataSpec, { data, task, size: wanted }: LabOptions): DataSpec {
  const size = wanted ?? spec.size;
  if (data === undefined && spec.source === 'cifar10') {
    throw new LabError('experiment: it is about CIFAR-10; say where that is with --data cifar10-bin=FOLDER');
  }
  if (data === undefined && spec.source === 'own') {
    throw new LabError(`experiment: its images, ${quote(spec.name)}, are in a browser; give others with --data`);
  }
  if (data !== undefined && task !== undefined) {
    throw new LabError(`--task: ${task} is for the emoji; leave it or --data out`);
  }
  if (data !== undefined || spec.source !== 'emoji') return { source: 'cifar10', size };
  return { source: 'emoji', task: task ?? spec.task, size };
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
    throw new LabError(`--experiment: ${printable(path)} is no JSON (${reasonOf(error)})`);
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
