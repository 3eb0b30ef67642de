"""
The truth that the ImageNet nets of src/core/net/zoo.ts are tested against: torchvision's, where it has them, else the same
with the layers exchanged that the papers have otherwise; recorded as src/engine/inference/goldens/nets.json.

    python3 scripts/goldens_family.py

needs a Python with PyTorch and torchvision (on Debian: apt install python3-torch python3-torchvision, and
/usr/bin/python3) and takes a minute or two. The file is committed, so only who changes the maths has to run it.

Weights and images are not stored. Both sides draw them from the streams of src/data/batches/random.ts, rounded to float32, in the
engine's layouts (images NHWC, convolution weights HWIO, dense weights IO, a map flattened by height, width, channel);
from there on everything here is float64. With u uniform in 0 .. 1 from Random('family/NAME'):

    NAME of a weight       (2u - 1) * sqrt(6 / fan-in): He's variance
    NAME of a scale        0.5 + u
    of a bias or a shift   0.2 * (u - 0.5)
    NORM.mean, .variance   0.2 * (u - 0.5) and 0.5 + u: running statistics
    images                 4u - 2

What the file holds, a list with, for each net:

    net, size, classes, batch
    logits                 [batch][classes], with running statistics, nothing dropped
    training               null, or with batch statistics and labels 0, 1, 2, ... % classes, nothing dropped: the mean
                           cross-entropy `loss`, and by parameter the Euclidean norm of its gradient, and the inner product
                           of that, in the engine's layout, with 2u - 1 from Random('family/direction/NAME'), which another
                           sign or order changes

torchvision averages the last map of AlexNet to 6x6 and of VGG to 7x7 pixels, which changes nothing at 224 pixels. At 64
the first dense layer is here made for the map that there is. Its GoogLeNet adds 0.001 to variances, where the engine adds
1e-5: here it does too.
"""

import copy
import functools
import json
import math
import re
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torchvision.models.googlenet import GoogLeNet, Inception
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet
from torchvision.models.vgg import VGG, cfgs, make_layers

TARGET = Path(__file__).parent.parent / 'src' / 'engine' / 'inference' / 'goldens' / 'nets.json'

EPSILON = 1e-5
SMALL_IMAGE = 64


# src/data/batches/random.ts, a whole stream at once


def mix(z):
    z = z ^ (z >> np.uint32(16))
    z = z * np.uint32(0x85EBCA6B)
    z = z ^ (z >> np.uint32(13))
    z = z * np.uint32(0xC2B2AE35)
    return z ^ (z >> np.uint32(16))


def uniforms(key, shape):
    h = 0x811C9DC5
    for byte in key.encode('ascii'):
        h = (h ^ byte) * 0x01000193 & 0xFFFFFFFF
    state = mix(np.array([h], dtype=np.uint32))[0]
    count = np.arange(1, math.prod(shape) + 1, dtype=np.uint32)
    states = count * np.uint32(0x9E3779B9) + state
    return ((mix(states).astype(np.float64) + 0.5) / 2**32).reshape(shape)


def float32(values):
    return torch.from_numpy(values.astype(np.float32).astype(np.float64))


# The nets


def scaled(channels, width):
    return max(1, round(channels * width / 64))


def narrow(model, width):
    """A net of torchvision's, whose channels are what they are, with `width` in the place of 64."""
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            module.in_channels = 3 if module.in_channels == 3 else scaled(module.in_channels, width)
            module.out_channels = scaled(module.out_channels, width)
            shape = (module.out_channels, module.in_channels, *module.kernel_size)
            module.weight = nn.Parameter(torch.empty(shape))
            module.bias = None if module.bias is None else nn.Parameter(torch.empty(module.out_channels))
        if isinstance(module, nn.BatchNorm2d):
            module.num_features = scaled(module.num_features, width)
            module.weight = nn.Parameter(torch.empty(module.num_features))
            module.bias = nn.Parameter(torch.empty(module.num_features))
        if isinstance(module, nn.Linear):
            module.in_features = scaled(module.in_features, width)
            module.weight = nn.Parameter(torch.empty((module.out_features, module.in_features)))
        if isinstance(module, ZeroPad):
            module.channels = scaled(module.channels, width)
    return model


class PlainBlock(BasicBlock):
    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        return self.relu(self.bn2(self.conv2(y)))


class ZeroPad(nn.Module):
    def __init__(self, channels, stride):
        super().__init__()
        self.channels, self.stride = channels, stride

    def forward(self, x):
        x = x[:, :, :: self.stride, :: self.stride]
        return F.pad(x, (0, 0, 0, 0, 0, self.channels - x.shape[1]))


def resnet(net, size, classes):
    blocks = {18: [2, 2, 2, 2], 34: [3, 4, 6, 3], 50: [3, 4, 6, 3], 101: [3, 4, 23, 3], 152: [3, 8, 36, 3]}[net['depth']]
    basic = PlainBlock if net['family'] == 'plain' else BasicBlock
    model = ResNet(basic if net['depth'] < 50 else Bottleneck, blocks, num_classes=classes)
    for block in (block for module in model.modules() if isinstance(module, nn.Sequential) for block in module):
        if isinstance(block, Bottleneck) and net['form'] == 'paper':
            block.conv1.stride, block.conv2.stride = block.conv2.stride, block.conv1.stride
        if isinstance(block, PlainBlock):
            block.downsample = None
        elif isinstance(block, BasicBlock):
            last = block.conv2.out_channels
            if net['option'] == 'A' and block.downsample is not None:
                block.downsample = ZeroPad(last, block.stride)
            if net['option'] == 'C' and block.downsample is None:
                block.downsample = nn.Sequential(nn.Conv2d(last, last, 1, bias=False), nn.BatchNorm2d(last))
    if size < SMALL_IMAGE:
        model.conv1.stride, model.maxpool = (1, 1), nn.Identity()
    return narrow(model, net['width'])


def vgg(net, size, classes):
    channels = [c if c == 'M' else scaled(c, net['width']) for c in cfgs['D' if net['depth'] == 16 else 'E']]
    # torchvision's VGG has a dense layer for 512 channels.
    features = make_layers(channels, batch_norm=net['norm'])
    model = VGG(features, num_classes=classes, init_weights=False)
    model.avgpool = nn.Identity()
    wide = scaled(4096, net['width'])
    model.classifier[0] = nn.Linear(channels[-2] * (size // 32) ** 2, wide)
    model.classifier[3] = nn.Linear(wide, wide)
    model.classifier[6] = nn.Linear(wide, classes)
    return model


def alexnet(net, size, classes):
    paper = net['form'] == 'paper'
    groups = 2 if paper else 1
    widths = [96, 256, 384, 384, 256] if paper else [64, 192, 384, 256, 256]
    a, b, c, d, e = (scaled(each, net['width']) for each in widths)
    responses = lambda: nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2) if paper else nn.Identity()
    wide = scaled(4096, net['width'])
    side = {64: 1, 32: 7}[size]
    layers = {
        'conv1': nn.Conv2d(3, a, 11, stride=4, padding=2), 'relu1': nn.ReLU(), 'lrn1': responses(),
        'pool1': nn.MaxPool2d(3, 2),
        'conv2': nn.Conv2d(a, b, 5, padding=2, groups=groups), 'relu2': nn.ReLU(), 'lrn2': responses(),
        'pool2': nn.MaxPool2d(3, 2),
        'conv3': nn.Conv2d(b, c, 3, padding=1), 'relu3': nn.ReLU(),
        'conv4': nn.Conv2d(c, d, 3, padding=1, groups=groups), 'relu4': nn.ReLU(),
        'conv5': nn.Conv2d(d, e, 3, padding=1, groups=groups), 'relu5': nn.ReLU(),
        'pool5': nn.MaxPool2d(3, 2), 'flatten': nn.Flatten(),
        'head-dense1': nn.Linear(e * side**2, wide), 'relu6': nn.ReLU(),
        'head-dense2': nn.Linear(wide, wide), 'relu7': nn.ReLU(),
        'head-dense': nn.Linear(wide, classes),
    }
    if size < SMALL_IMAGE:
        layers['conv1'].stride, layers['conv1'].padding, layers['pool1'] = (1, 1), (5, 5), nn.Identity()
    return nn.Sequential(OrderedDict(layers))


class ConvRelu(nn.Module):
    """What the paper's GoogLeNet has in place of `BasicConv2d`: a bias and no normalisation."""

    def __init__(self, inputs, outputs, **options):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, **options)

    def forward(self, x):
        return F.relu(self.conv(x))


def googlenet(net, size, classes):
    if net['form'] == 'pytorch':
        model = GoogLeNet(num_classes=classes, aux_logits=False, init_weights=False)
        for module in model.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eps = EPSILON
    else:
        blocks = [ConvRelu, functools.partial(Inception, conv_block=ConvRelu), None]
        model = GoogLeNet(num_classes=classes, aux_logits=False, init_weights=False, blocks=blocks)
        for module in model.modules():
            if isinstance(module, Inception):
                conv = module.branch3[1].conv
                module.branch3[1].conv = nn.Conv2d(conv.in_channels, conv.out_channels, 5, padding=2)
        responses = nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2)
        model.maxpool1 = nn.Sequential(model.maxpool1, responses)
        model.maxpool2 = nn.Sequential(copy.deepcopy(responses), model.maxpool2)
        model.maxpool4 = nn.MaxPool2d(3, 2, ceil_mode=True)
    if size < SMALL_IMAGE:
        model.conv1.conv.stride = (1, 1)
        model.maxpool1 = model.maxpool1[1] if net['form'] == 'paper' else nn.Identity()
    model.dropout = nn.Identity()
    return narrow(model, net['width'])


def make(net, size, classes):
    if net['design'] == 'imagenet':
        return resnet(net, size, classes)
    if net['design'] == 'vgg':
        return vgg(net, size, classes)
    return (alexnet if net['design'] == 'alexnet' else googlenet)(net, size, classes)


# Their names: the engine's by torchvision's


def our_name(net, module):
    design = net['design']
    if design == 'imagenet':
        name = re.sub(r'^layer(\d)\.(\d+)', lambda m: f'stage{m[1]}.block{int(m[2]) + 1}', module)
        name = name.replace('downsample.0', 'shortcut.conv').replace('downsample.1', 'shortcut.norm')
        name = re.sub(r'\bbn(\d)', r'norm\1', name)
        return {'conv1': 'stem.conv', 'norm1': 'stem.norm', 'fc': 'head.dense'}.get(name, name)
    if design == 'vgg':
        at = int(module.split('.')[1])
        if module.startswith('classifier'):
            return {0: 'head.dense1', 3: 'head.dense2', 6: 'head.dense'}[at]
        stage, nth, index = 1, 0, -1
        for channels in cfgs['D' if net['depth'] == 16 else 'E']:
            index += 1
            if channels == 'M':
                stage, nth = stage + 1, 0
                continue
            nth += 1
            if index == at:
                return f'stage{stage}.conv{nth}'
            if net['norm']:
                index += 1
                if index == at:
                    return f'stage{stage}.norm{nth}'
            index += 1
    if design == 'alexnet':
        return module.replace('head-', 'head.')
    name = module.replace('bn', 'norm')
    branches = {'branch1': 'one', 'branch2.0': 'reduce3', 'branch2.1': 'three', 'branch3.0': 'reduce5',
                'branch3.1': 'five', 'branch4.1': 'pooled', 'fc': 'head.dense'}
    for theirs, ours in branches.items():
        name = name.replace(theirs, ours)
    return name


def fill(net, model):
    """Gives a net its weights, and returns its parameters by their names here, each with what lays it out as here."""
    ours = {}
    maps = None
    for path, module in model.named_modules():
        if isinstance(module, nn.Conv2d):
            name = our_name(net, path)
            height, width, inputs, outputs = (*module.kernel_size, module.weight.shape[1], module.out_channels)
            bound = math.sqrt(6 / (height * width * inputs))
            values = (2 * uniforms(f'family/{name}.weight', (height, width, inputs, outputs)) - 1) * bound
            module.weight.data = float32(values).permute(3, 2, 0, 1).contiguous()
            ours[f'{name}.weight'] = module.weight, lambda weight: weight.permute(2, 3, 1, 0)
            maps = outputs
        elif isinstance(module, nn.Linear):
            name = our_name(net, path)
            inputs, outputs = module.in_features, module.out_features
            values = (2 * uniforms(f'family/{name}.weight', (inputs, outputs)) - 1) * math.sqrt(6 / inputs)
            weight = float32(values)
            lay_out = lambda weight: weight.T
            if path in ('classifier.0', 'head-dense1') and inputs > maps:
                # Rows by height, width, channel; torch flattens by channel, height, width.
                side = math.isqrt(inputs // maps)
                weight = weight.reshape(side, side, maps, outputs).permute(2, 0, 1, 3).reshape(inputs, outputs)
                map_shape = (maps, side, side, outputs)
                lay_out = lambda weight, shape=map_shape: weight.T.reshape(shape).permute(1, 2, 0, 3)
            module.weight.data = weight.T.contiguous()
            ours[f'{name}.weight'] = module.weight, lay_out
        elif isinstance(module, nn.BatchNorm2d):
            name, shape = our_name(net, path), (module.num_features,)
            module.weight.data = float32(0.5 + uniforms(f'family/{name}.scale', shape))
            module.bias.data = float32(0.2 * (uniforms(f'family/{name}.shift', shape) - 0.5))
            module.running_mean = float32(0.2 * (uniforms(f'family/{name}.mean', shape) - 0.5))
            module.running_var = float32(0.5 + uniforms(f'family/{name}.variance', shape))
            ours[f'{name}.scale'], ours[f'{name}.shift'] = (module.weight, torch.clone), (module.bias, torch.clone)
            continue
        else:
            continue
        if module.bias is not None:
            module.bias.data = float32(0.2 * (uniforms(f'family/{name}.bias', tuple(module.bias.shape)) - 0.5))
            ours[f'{name}.bias'] = module.bias, torch.clone
    return ours


def along(name, gradient):
    """The inner product of a parameter's gradient with the direction that its name gives."""
    values = gradient.flatten()
    direction = 2 * uniforms(f'family/direction/{name}', (len(values),)) - 1
    return float(f'{values @ float32(direction):.9g}')


def record(net, size=64, classes=10, batch=2, trains=False):
    model = make(net, size, classes).double()
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    parameters = fill(net, model)
    images = float32(4 * uniforms('family/images', (batch, size, size, 3)) - 2).permute(0, 3, 1, 2).contiguous()
    model.eval()
    with torch.no_grad():
        logits = model(images).tolist()
    training = None
    if trains:
        model.train()
        labels = torch.arange(batch) % classes
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        norms = {name: float(parameter.grad.norm()) for name, (parameter, _) in parameters.items()}
        products = {name: along(name, lay_out(parameter.grad)) for name, (parameter, lay_out) in parameters.items()}
        training = {'loss': loss.item(), 'gradientNorms': norms, 'gradientsAlong': products}
    return {'net': net, 'size': size, 'classes': classes, 'batch': batch, 'logits': logits, 'training': training}


def imagenet(family, depth, option=None, form='pytorch', width=64):
    blocks = {18: 8, 34: 16, 50: 16, 101: 33, 152: 50}[depth]
    option = option or ('A' if family == 'plain' else 'B')
    gains = [0 if family == 'plain' else 1] * blocks
    named = {'design': 'imagenet', 'family': family, 'depth': depth, 'width': width}
    return {**named, 'option': option, 'form': form, 'gains': gains}


def other(design, depth, width=64, **others):
    return {'design': design, 'family': 'plain', 'depth': depth, 'width': width, **others, 'gains': []}


def all_nets(width):
    return [
        other('alexnet', 8, width, form='pytorch'),
        other('alexnet', 8, width, form='paper'),
        other('vgg', 16, width, norm=False),
        other('vgg', 19, width, norm=False),
        other('vgg', 19, width, norm=True),
        other('googlenet', 22, width, form='pytorch'),
        other('googlenet', 22, width, form='paper'),
        imagenet('plain', 18, width=width),
        imagenet('plain', 34, width=width),
        imagenet('residual', 18, width=width),
        imagenet('residual', 34, 'A', width=width),
        imagenet('residual', 34, width=width),
        imagenet('residual', 34, 'C', width=width),
        imagenet('residual', 50, width=width),
        imagenet('residual', 50, form='paper', width=width),
        imagenet('residual', 101, width=width),
        imagenet('residual', 152, width=width),
    ]


def main():
    torch.manual_seed(1)
    trained = [
        other('alexnet', 8, 8, form='paper'),
        other('vgg', 16, 8, norm=False),
        other('vgg', 19, 8, norm=True),
        other('googlenet', 22, 8, form='pytorch'),
        other('googlenet', 22, 8, form='paper'),
        imagenet('residual', 18, width=8),
        imagenet('residual', 34, 'A', width=8),
    ]
    recorded = [
        *(record(net) for net in all_nets(64)),
        *(record(net) for net in all_nets(8)),
        *(record(net, size=32, batch=8, trains=True) for net in trained),
        record(imagenet('residual', 50), size=224, classes=1000, batch=1),
    ]
    TARGET.write_text('[\n' + ',\n'.join(json.dumps(each) for each in recorded) + '\n]\n')


if __name__ == '__main__':
    main()
