import type { Experiment } from '../../../core/experiment/experiment.ts';
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
    .replace("r'''{}'''", () => `r'''${literal(experiment)}'''`);
}

/** JSON that a raw string of Python holds: what could end the string is written as a code that JSON knows. */
function literal(experiment: Experiment): string {
  return JSON.stringify(experiment, null, 1).replaceAll("'", '\\u0027');
}
