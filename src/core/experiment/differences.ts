import { printableList } from '../quote.ts';
import type { Experiment } from './experiment.ts';

/** One thing in which two experiments differ, in words: "learning rate", "0.03", "0.1". */
export interface Difference {
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

/** The user's settings in which two experiments differ. */
export function differences(a: Experiment, b: Experiment): readonly Difference[] {
  const [before, after] = [traits(a), traits(b)];
  return before.flatMap(([what, from], index): Difference[] => {
    const to = after[index]?.[1] ?? [];
    return from.join() === to.join() ? [] : [{ what, from: shown(from), to: shown(to) }];
  });
}

/** Names are a person's or a file's, and there may be thousands of cuts. */
function shown(values: readonly string[]): string {
  return printableList(values) || 'none';
}

/** What makes an experiment what it is; always the same traits in the same order. */
function traits(experiment: Experiment): readonly (readonly [string, readonly string[]])[] {
  const { data, recipe, lanes, surgery, until } = experiment;
  const set = data.source === 'emoji' ? `emoji by ${data.task}` : data.source === 'own' ? data.name : 'CIFAR-10';
  const { warmUp, drops } = recipe;
  return [
    ['data', [set]],
    ['image size', [String(data.size)]],
    ['nets', lanes.map(({ name }) => name)],
    ['widths', [...new Set(lanes.map(({ net }) => String(net.width)))]],
    ['learning rate', [String(recipe.learningRate)]],
    ['warm-up', warmUp === null ? [] : [`${warmUp.steps} steps at ${warmUp.rate}`]],
    ['rate drops', drops.map(({ step, by }) => `÷${by} at ${step}`)],
    ['batch', [String(recipe.batch)]],
    ['momentum', [String(recipe.momentum)]],
    ['weight decay', [String(recipe.weightDecay)]],
    ['crop and flip', [recipe.augment ? 'on' : 'off']],
    // Runs that were kept before there was a choice do not say.
    ['mean', [recipe.mean === 'channel' ? 'of each channel' : 'of each pixel']],
    ['seed', [String(recipe.seed)]],
    ['cuts', surgery.map(({ step, lane, block, gain }) => `${lane} ${block} to ${gain} at ${step}`)],
    ['until', [String(until)]],
  ];
}
