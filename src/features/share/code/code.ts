import type { Experiment, LaneSpec } from '../../../core/experiment/experiment.ts';
import { branchStep, haveSameShape } from '../../../core/experiment/lineage.ts';
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

/** How a library makes the nets of each design; the CIFAR family, which has no name, is made as ImageNet's ResNets. */
type Designs = Readonly<Record<NonNullable<NetSpec['design']>, string>>;

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

/** The file with the experiment in it, and of the designs those of its nets. */
function filled(code: string, designs: Designs, experiment: Experiment): string {
  const used = new Set(experiment.lanes.map(({ net }) => designs[net.design ?? 'imagenet']));
  return code
    .replace('#: designs', () => [...used].map((each) => each.trim()).join('\n\n\n'))
    .replace("r'''{}'''", () => `r'''${literal(fromStep0(experiment))}'''`);
}

/**
 * The experiment with nets as they are at step 0, where the code begins: one that was branched off has the gains that its
 * source had there, and the surgery of both. One that was grown or folded is another net since then: it is trained from
 * step 0 as that, without the surgery of the net before, whose blocks are others.
 */
function fromStep0(experiment: Experiment): Experiment {
  const isItself = ({ net, origin }: LaneSpec) => (origin?.eras ?? []).every((era) => haveSameShape(era.net, net));
  const since = new Map(experiment.lanes.map((lane) => [lane.name, isItself(lane) ? 0 : branchStep(lane)]));
  return {
    ...experiment,
    lanes: experiment.lanes.map((lane) => {
      const first = lane.origin?.eras[0]?.net;
      return first !== undefined && isItself(lane) ? { ...lane, net: { ...lane.net, gains: first.gains } } : lane;
    }),
    surgery: experiment.surgery.filter(({ lane, step }) => step >= (since.get(lane) ?? 0)),
  };
}

/** JSON that a raw string of Python holds: what could end the string is written as a code that JSON knows. */
function literal(experiment: Experiment): string {
  return JSON.stringify(experiment, null, 1).replaceAll("'", '\\u0027');
}
