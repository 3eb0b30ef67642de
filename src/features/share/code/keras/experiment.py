"""
An experiment of ResNet Playground, as one file of Keras 3. It trains the nets below from scratch, one after the other:

    python3 playground_keras.py                      # all nets
    python3 playground_keras.py --net ResNet-20      # one of them

It learns from CIFAR-10, which Keras downloads, made smaller as the experiment says, or from your own images: --data
FOLDER, with train/CLASS/*.png and test/CLASS/*.png in it. Weights that the page saved are loaded with --weights
FILE.safetensors (and --net), and the gains that the net had then. Add --steps 0, and their test error is measured without
training, on the images that they were trained on: CIFAR-10, or yours. A net that is trained on from them counts its steps
from 0 again, and what the experiment plans for a step happens at that one.

What a net computes is what the page computes; as there, the running variances are of the biased variance. In training two
things differ: the momentum of Keras holds steps, not gradients, which matters where the learning rate drops; and a
projection whose shortcut is cut decays instead of resting.
Needs keras and one of its backends (KERAS_BACKEND=jax, torch or tensorflow), and Pillow for your own images.
"""

import argparse
import json
import math
import os
import re
import struct

import keras
import numpy as np
from keras import layers, ops

EXPERIMENT = json.loads(r'''{}''')

# What the nets are made of. Layers with weights have torchvision's names, with - for its dots.


def decay():
    """
    The gradient of L2(c) is 2cw. All parameters decay, scales, shifts and biases too, as in the page and in
    fb.resnet.torch. The paper gives the weight decay and does not say of what.
    """
    return keras.regularizers.L2(EXPERIMENT['recipe']['weightDecay'] / 2)


def he():
    return keras.initializers.VarianceScaling(2, 'fan_in', 'untruncated_normal')


def conv(x, channels, kernel, stride, name, edge=None, bias=True, groups=1, start=None, bias_start=0):
    """With `edge` zeros on every side; without it such that ceil(side / stride) pixels come out."""
    if edge:
        x = layers.ZeroPadding2D(edge)(x)
    made = layers.Conv2D(
        channels,
        kernel,
        stride,
        padding='same' if edge is None else 'valid',
        groups=groups,
        use_bias=bias,
        kernel_initializer=start or he(),
        kernel_regularizer=decay(),
        bias_initializer=keras.initializers.Constant(bias_start),
        bias_regularizer=decay() if bias else None,
        name=name,
    )
    return made(x)


def norm(x, name, scale=1, shift=0, groups=None):
    kind = layers.BatchNormalization if groups is None else layers.GroupNormalization
    options = {'momentum': 0.9} if groups is None else {'groups': groups}
    made = kind(
        **options,
        epsilon=1e-5,
        gamma_initializer=keras.initializers.Constant(scale),
        beta_initializer=keras.initializers.Constant(shift),
        gamma_regularizer=decay(),
        beta_regularizer=decay(),
        name=name,
    )
    return made(x)


def dense(x, channels, name, start=None):
    made = layers.Dense(
        channels, kernel_initializer=start or he(), kernel_regularizer=decay(), bias_regularizer=decay(), name=name
    )
    return made(x)


def max_pool(x, kernel, stride, edge=0, ceil=False):
    """The largest of each window; with `ceil` a last window may reach beyond the edge."""
    side = x.shape[1] + 2 * edge
    beyond = -(side - kernel) % stride if ceil else 0
    if edge or beyond:
        around = (edge, edge + beyond)
        x = ops.pad(x, [(0, 0), around, around, (0, 0)], constant_values=-1e30)
    return layers.MaxPooling2D(kernel, stride)(x)


def responses(x):
    """Local response normalisation (Krizhevsky et al. 2012, section 3.3) over five channels."""
    channels = x.shape[-1]
    squares = ops.pad(ops.square(x), [(0, 0), (0, 0), (0, 0), (2, 2)])
    around = sum(squares[..., shift : shift + channels] for shift in range(5))
    return x / ops.power(2 + 1e-4 * around, 0.75)


def flatten(x):
    """By channel, then height, then width, as PyTorch has it."""
    return layers.Flatten()(ops.transpose(x, (0, 3, 1, 2)))


# The nets, by their design: each takes images [N, size, size, 3] and gives logits [N, classes]

NETS = {}

#: designs


def build(net, size, classes):
    images = keras.Input((size, size, 3))
    return keras.Model(images, NETS[net.get('design')](images, net, size, classes))


def joins_of(model):
    """The layers that have the gains, block by block."""
    return [layer for layer in model.layers if layer.name.endswith('-join')]


def load_weights(model, path):
    """
    Loads a file of the safetensors format with PyTorch's names and layout, such as the page saves, and the gains with which
    the page saved it.
    """
    about, tensors = read_weights(path)
    for join, gain in zip(joins_of(model), gains_of(about)):
        join.gain.assign(gain)
    for layer in model.layers:
        name = layer.name.replace('-', '.')
        if isinstance(layer, layers.Conv2D):
            bias = [tensors[f'{name}.bias']] if layer.use_bias else []
            layer.set_weights([tensors[f'{name}.weight'].transpose(2, 3, 1, 0), *bias])
        elif name.endswith('.factor'):
            layer.set_weights([tensors[f'{name}.weight']])
        elif isinstance(layer, layers.Dense):
            layer.set_weights([tensors[f'{name}.weight'].T, tensors[f'{name}.bias']])
        elif isinstance(layer, layers.GroupNormalization):
            layer.set_weights([tensors[f'{name}.weight'], tensors[f'{name}.bias']])
        elif isinstance(layer, layers.BatchNormalization):
            parts = ('weight', 'bias', 'running_mean', 'running_var')
            layer.set_weights([tensors[f'{name}.{part}'] for part in parts])


#: files


# The images


def load_images(folder, size, names=None):
    """Images [N, size, size, 3] of 0 to 255, labels [N] of the training and the test images, and the number of classes."""
    if folder is None and names not in (None, CIFAR_10):
        raise SystemExit(f'the weights tell {", ".join(names)} apart, and not CIFAR-10: give their images with --data')
    if folder is None:
        parts, classes = keras.datasets.cifar10.load_data(), 10
    else:
        *parts, classes = read_folder(folder, EXPERIMENT['data'].get('made', 32), names)
    step = parts[0][0].shape[1] // size
    # Each pixel is the mean of a square, rounded half up, as in the page.
    return *[(np.floor(shrink(x, size, step) + 0.5), y.reshape(-1)) for x, y in parts], classes


def shrink(x, size, step):
    return x.astype('float32').reshape(len(x), size, step, size, step, 3).mean((2, 4))


def normalised(train, test):
    """Less the mean image, as in the paper, or a mean of each channel; one scale for all makes the rest of deviation 1."""
    mean = train.mean((0, 1, 2)) if EXPERIMENT['recipe']['mean'] == 'channel' else train.mean(0)
    scale = 1 / np.sqrt(np.mean((train - mean) ** 2))
    return (train - mean) * scale, (test - mean) * scale


def augmented(images, random):
    """Each image moved by up to an eighth of its size, what comes in being zero, and mirrored or not."""
    size, room = images.shape[1], images.shape[1] // 8
    wide = np.pad(images, [(0, 0), (room, room), (room, room), (0, 0)])
    moved = []
    for image in wide:
        top, left = random.integers(2 * room + 1, size=2)
        crop = image[top : top + size, left : left + size]
        moved.append(crop[:, ::-1] if random.random() < 0.5 else crop)
    return np.stack(moved)


# Training


#: rate


class EqualSGD(keras.optimizers.SGD):
    """Scales each gradient, with the decay in it, to the same share of its weight's norm (LARS, You et al. 2017)."""

    def update_step(self, gradient, variable, learning_rate):
        size = ops.maximum(ops.norm(variable), 0.05 * math.prod(variable.shape) ** 0.5)
        gradient = gradient * 0.02 * size / ops.maximum(ops.norm(gradient), 1e-12)
        super().update_step(gradient, variable, learning_rate)


def train(model, lane, images, labels, steps):
    recipe = EXPERIMENT['recipe']
    random = np.random.default_rng(recipe['seed'])
    model.compile(
        optimizer=(EqualSGD if recipe.get('equalSteps') else keras.optimizers.SGD)(
            recipe['learningRate'], momentum=recipe['momentum']
        ),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=['accuracy'],
    )
    joins = joins_of(model)
    waiting = np.empty(0, int)
    for step in range(steps):
        for cut in EXPERIMENT['surgery']:
            if cut['step'] == step and cut['lane'] == lane['name']:
                joins[cut['block'] - 1].gain.assign(cut['gain'])
        if len(waiting) < recipe['batch']:
            waiting = random.permutation(len(images))
        chosen, waiting = waiting[: recipe['batch']], waiting[recipe['batch'] :]
        x = augmented(images[chosen], random) if recipe['augment'] else images[chosen]
        model.optimizer.learning_rate = rate_at(step)
        told = model.train_on_batch(x, labels[chosen], return_dict=True)
        if (step + 1) % 25 == 0:
            error = 100 * (1 - float(told['accuracy']))
            print(f'{lane["name"]}  step {step + 1}  loss with decay {float(told["loss"]):.4f}  error {error:.1f}%')
            model.reset_metrics()


def main():
    parser = argparse.ArgumentParser(description='An experiment of ResNet Playground')
    parser.add_argument('--net', choices=[lane['name'] for lane in EXPERIMENT['lanes']])
    parser.add_argument('--data', help='a folder with train/CLASS/*.png and test/CLASS/*.png; CIFAR-10 without it')
    parser.add_argument('--weights', help='a .safetensors file that the page saved')
    parser.add_argument('--steps', type=int, default=EXPERIMENT['until'])
    options = parser.parse_args()
    if options.data is None and EXPERIMENT['data']['size'] > 32:
        parser.error('CIFAR-10 has images of 32 pixels, and this experiment larger ones: give others with --data')

    size = EXPERIMENT['data']['size']
    names = classes_of(options.weights) if options.weights else None
    (train_images, train_labels), (test_images, test_labels), classes = load_images(options.data, size, names)
    train_images, test_images = normalised(train_images, test_images)
    for lane in EXPERIMENT['lanes']:
        if options.net in (None, lane['name']):
            keras.utils.set_random_seed(EXPERIMENT['recipe']['seed'])
            model = build(lane['net'], size, classes)
            if options.weights is not None:
                load_weights(model, options.weights)
            elif 'start' in lane:
                print(f'{lane["name"]}  starts from random weights, in the page from those of {lane["start"]["file"]}')
            train(model, lane, train_images, train_labels, options.steps)
            wrong = model.predict(test_images, batch_size=500, verbose=0).argmax(1) != test_labels
            print(f'{lane["name"]}  test error {100 * wrong.mean():.2f}% after {options.steps} steps')


if __name__ == '__main__':
    main()
