import type { Experiment } from '../../spec/experiment.ts';
import keras from './keras.py?raw';
import pytorch from './pytorch.py?raw';

/** The experiment as a file of PyTorch that stands on its own. */
export function pytorchCode(experiment: Experiment): string {
  return filled(pytorch, experiment);
}

/** The experiment as a file of Keras that stands on its own. */
export function kerasCode(experiment: Experiment): string {
  return filled(keras, experiment);
}

function filled(code: string, experiment: Experiment): string {
  return code.replace("r'''{}'''", () => `r'''${literal(experiment)}'''`);
}

/** JSON that a raw string of Python holds: what could end the string is written as a code that JSON knows. */
function literal(experiment: Experiment): string {
  return JSON.stringify(experiment, null, 1).replaceAll("'", '\\u0027');
}
