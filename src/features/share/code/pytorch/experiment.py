"""
An experiment of ResNet Playground, as one file of PyTorch. It trains the nets below from scratch:

    python3 playground.py                          # all nets, one after the other
    python3 playground.py --net ResNet-20          # one of them
    torchrun --nproc_per_node=8 playground.py      # on eight devices at once (DistributedDataParallel)

It learns from CIFAR-10, which torchvision downloads, made smaller as the experiment says, or from your own images:
--data FOLDER, with train/CLASS/*.png and test/CLASS/*.png in it. Weights that the page saved are loaded with
--weights FILE.safetensors (and --net), and the gains that the net had then. Add --steps 0, and their test error is measured
without training, on the images that they were trained on: CIFAR-10, or yours. A net that is trained on from them counts
its steps from 0 again, and what the experiment plans for a step happens at that one.

What a net computes is what the page computes. The order of images, the augmentation and the first weights are drawn by
other generators, so curves agree in kind, not number by number. The running variances differ a little: PyTorch averages
the unbiased variance of each batch, the page the biased one. Needs torch and numpy, torchvision for CIFAR-10, and Pillow for
your own images; tested with torch 1.13 and 2.13.
"""

import argparse
import json
import math
import os
import re
import struct

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

EXPERIMENT = json.loads(r'''{}''')

# The nets, by their design


class Net(nn.Module):
    """Takes images [N, 3, H, W], gives logits [N, classes]. Its blocks are the places for shortcuts."""

    blocks = ()

    def choose_start(self):
        """Other first values than the usual ones, where the net has a choice of them."""


NETS = {}


def make_net(net, size, classes):
    made = NETS[net.get('design')](net, size, classes)
    for module in made.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight, nonlinearity='relu')
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    made.choose_start()
    return made


#: designs


def load_weights(net, path):
    """Loads a file of the safetensors format, such as the page saves, and the gains with which the page saved it."""
    about, arrays = read_weights(path)
    net.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in arrays.items()})
    for block, gain in zip(net.blocks, gains_of(about)):
        block.gain = gain


#: files


# The images


def load_images(folder, size, names=None):
    """Bytes [N, 3, size, size], labels [N] of the training and the test images, and the number of classes."""
    if folder is None and size > 32:
        own = 'give a folder of others with --data, or as DATA in a notebook'
        raise SystemExit(f'CIFAR-10 has images of 32 pixels, and this experiment larger ones: {own}')
    if folder is None and names not in (None, CIFAR_10):
        raise SystemExit(f'the weights tell {", ".join(names)} apart, and not CIFAR-10: give their images with --data')
    if folder is None:
        from torchvision import datasets

        parts = [datasets.CIFAR10('data', train=train, download=is_first()) for train in (True, False)]
        sets, classes = [(part.data, part.targets) for part in parts], 10
    else:
        *sets, classes = read_folder(folder, EXPERIMENT['data'].get('made', 32), names)
    sets = [(torch.tensor(images).permute(0, 3, 1, 2), torch.tensor(labels)) for images, labels in sets]
    # Each pixel is the mean of a square, rounded half up, as in the page.
    shrunk = [((F.avg_pool2d(x.float(), x.shape[-1] // size) + 0.5).floor(), y) for x, y in sets]
    return *shrunk, classes


def normalised(train, test):
    """Less the mean image, as in the paper, or a mean of each channel; one scale for all makes the rest of deviation 1."""
    mean = train.mean((0, 2, 3), keepdim=True) if EXPERIMENT['recipe']['mean'] == 'channel' else train.mean(0)
    scale = 1 / (train - mean).pow(2).mean().sqrt()
    return (train - mean) * scale, (test - mean) * scale


def augmented(images, generator):
    """Each image moved by up to an eighth of its size, what comes in being zero, and mirrored or not."""
    size, room = images.shape[-1], images.shape[-1] // 8
    wide = F.pad(images, (room, room, room, room))
    moved = []
    for image in wide:
        top, left = torch.randint(2 * room + 1, (2,), generator=generator).tolist()
        crop = image[:, top : top + size, left : left + size]
        moved.append(crop.flip(2) if torch.rand((), generator=generator) < 0.5 else crop)
    return torch.stack(moved)


# Training


def is_first():
    return int(os.environ.get('RANK', 0)) == 0


#: rate


def equalise(parameters):
    """Scales each gradient, with the decay in it, to the same share of its parameter's norm (LARS, You et al. 2017)."""
    with torch.no_grad():
        for w in parameters:
            if w.grad is not None:
                w.grad += EXPERIMENT['recipe']['weightDecay'] * w
                size = max(w.norm().item(), 0.05 * w.numel() ** 0.5)
                w.grad *= 0.02 * size / max(w.grad.norm().item(), 1e-12)


def train(lane, images, labels, classes, steps, device, weights):
    recipe = EXPERIMENT['recipe']
    rank, world = int(os.environ.get('RANK', 0)), int(os.environ.get('WORLD_SIZE', 1))
    torch.manual_seed(recipe['seed'])
    net = make_net(lane['net'], images.shape[-1], classes)
    if weights is not None:
        load_weights(net, weights)
    elif 'start' in lane and is_first():
        print(f'{lane["name"]}  starts from random weights, in the page from those of {lane["start"]["file"]}')
    net.to(device)
    model = net
    if world > 1:
        # On GPUs a batch is normalised as a whole, as on one device; elsewhere each part by itself.
        model = nn.SyncBatchNorm.convert_sync_batchnorm(net) if device.type == 'cuda' else net
        model = nn.parallel.DistributedDataParallel(model, find_unused_parameters=True)
        net = model.module
    # All parameters decay, scales, shifts and biases too, as in the page and in fb.resnet.torch. The paper gives the
    # weight decay and does not say of what.
    equal = recipe.get('equalSteps', False)
    decay = 0 if equal else recipe['weightDecay']
    sgd = torch.optim.SGD(model.parameters(), recipe['learningRate'], momentum=recipe['momentum'], weight_decay=decay)
    # The same order everywhere; each process takes its part of every batch.
    order = torch.Generator().manual_seed(recipe['seed'])
    changes = torch.Generator().manual_seed(recipe['seed'] * world + rank)
    batch = recipe['batch'] // world
    waiting = torch.empty(0, dtype=torch.long)
    for step in range(steps):
        for cut in EXPERIMENT['surgery']:
            if cut['step'] == step and cut['lane'] == lane['name']:
                net.blocks[cut['block'] - 1].gain = cut['gain']
        if len(waiting) < batch * world:
            waiting = torch.randperm(len(images), generator=order)
        chosen, waiting = waiting[rank * batch : (rank + 1) * batch], waiting[batch * world :]
        x = images[chosen]
        x = augmented(x, changes) if recipe['augment'] else x
        y = labels[chosen].to(device)
        model.train()
        sgd.param_groups[0]['lr'] = rate_at(step)
        sgd.zero_grad(set_to_none=True)
        logits = model(x.to(device))
        loss = F.cross_entropy(logits, y)
        loss.backward()
        if equal:
            equalise(model.parameters())
        sgd.step()
        if is_first() and (step + 1) % 25 == 0:
            error = 100 * (logits.argmax(1) != y).float().mean().item()
            print(f'{lane["name"]}  step {step + 1}  loss {loss.item():.4f}  error {error:.1f}%', flush=True)
    return net


@torch.no_grad()
def error_of(net, images, labels, device):
    net.eval()
    wrong = 0
    for x, y in zip(images.split(500), labels.split(500)):
        wrong += (net(x.to(device)).argmax(1).cpu() != y).sum().item()
    return 100 * wrong / len(labels)


def main():
    parser = argparse.ArgumentParser(description='An experiment of ResNet Playground')
    parser.add_argument('--net', choices=[lane['name'] for lane in EXPERIMENT['lanes']])
    parser.add_argument('--data', help='a folder with train/CLASS/*.png and test/CLASS/*.png; CIFAR-10 without it')
    parser.add_argument('--weights', help='a .safetensors file that the page saved')
    parser.add_argument('--steps', type=int, default=EXPERIMENT['until'])
    options = parser.parse_args()

    device = torch.device('cpu')
    if torch.cuda.is_available():
        device = torch.device('cuda', int(os.environ.get('LOCAL_RANK', 0)))
        torch.cuda.set_device(device)
    if 'WORLD_SIZE' in os.environ:
        torch.distributed.init_process_group('nccl' if device.type == 'cuda' else 'gloo')

    # The first process downloads, the others wait for it.
    if not is_first():
        torch.distributed.barrier()
    names = classes_of(options.weights) if options.weights else None
    (train_bytes, train_labels), (test_bytes, test_labels), classes = load_images(
        options.data, EXPERIMENT['data']['size'], names
    )
    if is_first() and 'WORLD_SIZE' in os.environ:
        torch.distributed.barrier()
    train_images, test_images = normalised(train_bytes, test_bytes)
    for lane in EXPERIMENT['lanes']:
        if options.net in (None, lane['name']):
            net = train(lane, train_images, train_labels, classes, options.steps, device, options.weights)
            if is_first():
                error = error_of(net, test_images, test_labels, device)
                print(f'{lane["name"]}  test error {error:.2f}% after {options.steps} steps', flush=True)


if __name__ == '__main__':
    main()
