import { type Experiment, type GainChange, gainsAt, type LaneSpec } from '../../../core/experiment/experiment.ts';
import { haveSameShape, phaseAt } from '../../../core/experiment/lineage.ts';
import { sortedByStep } from '../../../core/experiment/surgery.ts';
import type { NetSpec } from '../../../core/net/net.ts';
import kerasAlexNet from './keras/alexnet.py?raw';
import keras from './keras/experiment.py?raw';
import kerasGoogLeNet from './keras/googlenet.py?raw';
import kerasResNet from './keras/resnet.py?raw';
import kerasVgg from './keras/vgg.py?raw';
import torchAlexNet from './pytorch/alexnet.py?raw';
import torch from './pytorch/experiment.py?raw';
import torchGoogLeNet from './pytorch/googlenet.py?raw';
import torchResNet from './pytorch/resnet.py?raw';
import torchVgg from './pytorch/vgg.py?raw';
import alexNet from './shared/alexnet.py?raw';
import files from './shared/files.py?raw';
import googLeNet from './shared/googlenet.py?raw';
import rate from './shared/rate.py?raw';
import resNet from './shared/resnet.py?raw';
import scaled from './shared/scaled.py?raw';
import vgg from './shared/vgg.py?raw';

/** Code of the nets of each design; the CIFAR family, which has no name, is made as ImageNet's ResNets. */
type Designs = Readonly<Record<NonNullable<NetSpec['design']>, string>>;

/** The part of each design that is plain Python, and the same for both libraries. */
const SHARED: Designs = { imagenet: resNet, vgg, alexnet: alexNet, googlenet: googLeNet };

const TORCH: Designs = { imagenet: torchResNet, vgg: torchVgg, alexnet: torchAlexNet, googlenet: torchGoogLeNet };

const KERAS: Designs = { imagenet: kerasResNet, vgg: kerasVgg, alexnet: kerasAlexNet, googlenet: kerasGoogLeNet };

/** The experiment as a file of PyTorch that stands on its own. */
export function pytorchCode(experiment: Experiment): string {
  return filled(torch, TORCH, experiment);
}

/** The experiment as a file of Keras that stands on its own. */
export function kerasCode(experiment: Experiment): string {
  return filled(keras, KERAS, experiment);
}

/** The file with the experiment in it, what it shares with that of the other library, and the designs of its nets. */
function filled(code: string, designs: Designs, experiment: Experiment): string {
  const used = new Set(experiment.lanes.map(({ net }) => net.design ?? 'imagenet'));
  const nets = [scaled, ...[...used].flatMap((design) => [SHARED[design], designs[design]])];
  return code
    .replace('#: designs', () => nets.map((each) => each.trim()).join('\n\n\n'))
    .replace('#: rate', () => rate.trim())
    .replace('#: files', () => files.trim())
    .replace("r'''{}'''", () => `r'''${literal(fromStep0(experiment))}'''`);
}

/**
 * The experiment with nets as they are at step 0, where the code begins: one that was branched off has the gains that its
 * source had there, and the surgery of both. One that was grown or folded is another net since then: it is trained from
 * step 0 as that, without the surgery of the net before, whose blocks are others.
 */
function fromStep0(experiment: Experiment): Experiment {
  const since = new Map(experiment.lanes.map((lane) => [lane.name, isItselfSince(lane)]));
  const sinceOf = (name: string) => since.get(name) ?? 0;
  const kept = experiment.surgery.filter(({ lane, step }) => step >= sinceOf(lane));
  const begun = experiment.lanes.flatMap((lane) => changesOfPhases(experiment, lane, sinceOf(lane.name)));
  return {
    ...experiment,
    lanes: experiment.lanes.map((lane) => {
      const { gains } = phaseAt(lane, sinceOf(lane.name)).net;
      return { ...lane, net: { ...lane.net, gains } };
    }),
    // What a phase begins with comes before surgery at the same step.
    surgery: sortedByStep([...begun, ...kept]),
  };
}

/** The step from which a lane has had the shape that it has at last. */
function isItselfSince({ net, origin }: LaneSpec): number {
  return origin?.eras.findLast((era) => !haveSameShape(era.net, net))?.until ?? 0;
}

/** The gains with which the phases of a lane after that of step `since` begin, where the phase before has others, as surgery. */
function changesOfPhases(experiment: Experiment, lane: LaneSpec, since: number): readonly GainChange[] {
  const { name, origin } = lane;
  const boundaries = (origin?.eras ?? []).map(({ until }) => until).filter((until) => until > since);
  return boundaries.flatMap((step) => {
    const before = gainsAt(experiment, name, step - 1);
    return phaseAt(lane, step).net.gains.flatMap((gain, index) =>
      gain === before[index] ? [] : [{ step, lane: name, block: index + 1, gain }],
    );
  });
}

/** JSON that a raw string of Python holds: what could end the string is written as a code that JSON knows. */
function literal(experiment: Experiment): string {
  return JSON.stringify(experiment, null, 1).replaceAll("'", '\\u0027');
}
