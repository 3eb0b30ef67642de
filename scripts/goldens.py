"""
The truth that the engine is tested against: small nets of src/core/net/graph.ts, trained for five steps by PyTorch
in double precision and recorded as src/engine/goldens/NAME.json.

    python3 scripts/goldens.py

needs a Python with PyTorch (on Debian: apt install python3-torch, and /usr/bin/python3) and takes seconds. The
files are committed, so only who changes the maths has to run it. It has no options, and the same PyTorch on the
same machine writes the same bytes.

Weights and images are not stored. Both sides draw them from the same seeded stream (src/data/batches/random.ts,
src/engine/weights/initial.ts), rounded to float32; from there on everything here is float64.

What a golden file holds (layouts are the engine's: images NHWC, convolution weights HWIO, dense weights IO):

    net                    the NetSpec of src/core/net/net.ts
    size, classes, batch   `batch` square RGB images of `size` pixels: standard normals from Random('golden/images'),
                           in NHWC order; labels: Random('golden/labels').below(classes), in order
    seed                   of the initial values
    recipe                 learningRate, momentum, weightDecay: every step is, for every parameter w with gradient g,
                           v = momentum * v + g + weightDecay * w;  w = w - learningRate * v.
                           Scales, shifts and biases decay too, as in fb.resnet.torch. A projection's parameters rest
                           while its shortcut's gain is 0: neither w nor v changes
    surgery                [{step, block, gain}]: from the step after `step` finished ones, `block` (from 1) has `gain`.
                           The running statistics of a resting projection do move
    logits, loss, errors   of the first step, with batch statistics: [batch][classes]; mean cross-entropy without
                           the decay; images whose largest logit is not their label's
    gradientNorm           Euclidean norm of all the first step's gradients together, without the decay
    gradients              parameter -> base64 of little-endian float32: the first step's gradients, without the decay
    running                {norm, mean, variance}: the running statistics of the first norm after one step
    losses                 of the five steps, each before its update; the first is `loss`
    evaluationLogits       after the five steps, on the same images with running statistics
    final                  only where the decay is a large one, which the usual one's losses would hide: parameter -> base64
                           as above, after the five steps, of those of at most 300 numbers. `gradients` is empty there
"""

from __future__ import annotations

import base64
import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F

TARGET = Path(__file__).parent.parent / 'src' / 'engine' / 'goldens'

STAGES = 3
LAYERS_PER_BLOCK = {'basic': 2, 'bottleneck': 3}
EXPANSION = {'basic': 1, 'bottleneck': 4}

EPSILON = 1e-5
RUNNING_MOMENTUM = 0.9

LEARNING_RATE = 0.03
MOMENTUM = 0.9
WEIGHT_DECAY = 1e-4
# In five steps it changes all parameters by a hundred times what the comparison forgives.
LARGE_DECAY = 0.05
STEPS = 5


# What is recorded


@dataclass(frozen=True)
class NetSpec:
    """src/core/net/net.ts, field by field."""

    family: str
    depth: int
    width: int
    block: str
    option: str
    gains: tuple[float, ...]


@dataclass(frozen=True)
class GainChange:
    """src/core/experiment/experiment.ts, of the only lane there is."""

    step: int
    block: int
    gain: float


@dataclass(frozen=True)
class Case:
    net: NetSpec
    surgery: tuple[GainChange, ...] = ()
    size: int = 8
    classes: int = 4
    batch: int = 6
    seed: int = 7
    weight_decay: float = WEIGHT_DECAY


def plain(depth: int) -> NetSpec:
    return NetSpec('plain', depth, width=4, block='basic', option='A', gains=(0, 0, 0))


def residual(depth: int, option: str, block: str = 'basic', gains: tuple[float, ...] = (1, 1, 1)) -> NetSpec:
    return NetSpec('residual', depth, width=4, block=block, option=option, gains=gains)


CASES = {
    'plain-8': Case(plain(8)),
    'resnet-8-a': Case(residual(8, 'A')),
    'resnet-8-b': Case(residual(8, 'B')),
    'resnet-8-c': Case(residual(8, 'C')),
    'resnet-11-bottleneck-a': Case(residual(11, 'A', 'bottleneck')),
    'resnet-11-bottleneck-b': Case(residual(11, 'B', 'bottleneck')),
    'resnet-8-a-gains': Case(residual(8, 'A', gains=(1, 0.5, 0))),
    # Maps of 9, 5 and 3 pixels: with an odd side, stride 2 pads both edges alike.
    'resnet-8-a-odd': Case(residual(8, 'A'), size=9),
    # A projection with a velocity rests for two steps and goes on.
    'resnet-8-c-surgery': Case(residual(8, 'C'), surgery=(GainChange(1, 2, 0), GainChange(3, 2, 1))),
    # While it rests, it does not decay.
    'resnet-8-b-decay': Case(
        residual(8, 'B'), surgery=(GainChange(1, 2, 0), GainChange(3, 2, 1)), weight_decay=LARGE_DECAY
    ),
}


# src/data/batches/random.ts and src/engine/weights/initial.ts


def multiply(a: int, b: int) -> int:
    return a * b & 0xFFFFFFFF


def mix(z: int) -> int:
    z = multiply(z ^ z >> 16, 0x85EBCA6B)
    z = multiply(z ^ z >> 13, 0xC2B2AE35)
    return z ^ z >> 16


class Random:
    """The stream of src/data/batches/random.ts for an ASCII key."""

    def __init__(self, key: str) -> None:
        h = 0x811C9DC5
        for byte in key.encode('ascii'):
            h = multiply(h ^ byte, 0x01000193)
        self.state = mix(h)

    def uint32(self) -> int:
        self.state = (self.state + 0x9E3779B9) & 0xFFFFFFFF
        return mix(self.state)

    def uniform(self) -> float:
        return (self.uint32() + 0.5) / 2**32

    def below(self, bound: int) -> int:
        return math.floor(self.uniform() * bound)

    def normals(self) -> tuple[float, float]:
        radius = math.sqrt(-2 * math.log(self.uniform()))
        angle = 2 * math.pi * self.uniform()
        return radius * math.cos(angle), radius * math.sin(angle)


def normal_tensor(key: str, shape: tuple[int, ...], deviation: float = 1) -> torch.Tensor:
    """Normals of one stream in row-major order, rounded to float32 as the engine has them."""
    random = Random(key)
    count = math.prod(shape)
    values: list[float] = []
    while len(values) < count:
        values += [z * deviation for z in random.normals()]
    return torch.tensor(values[:count], dtype=torch.float32).double().reshape(shape)


def he_normal(name: str, shape: tuple[int, ...], seed: int) -> torch.Tensor:
    fan_in = math.prod(shape[:-1])
    return normal_tensor(f'{seed}/{name}/{"x".join(map(str, shape))}', shape, math.sqrt(2 / fan_in))


# The net


def pad_same(x: torch.Tensor, kernel: int, stride: int) -> torch.Tensor:
    """Zeros such that a convolution gives ceil(side / stride); an odd one goes to the bottom and the right."""

    def edges(side: int) -> tuple[int, int]:
        total = max((math.ceil(side / stride) - 1) * stride + kernel - side, 0)
        return total // 2, total - total // 2

    return F.pad(x, (*edges(x.shape[3]), *edges(x.shape[2])))


class Net:
    """One net in training. Activations are NCHW, parameters in the engine's layout."""

    def __init__(self, spec: NetSpec, classes: int, seed: int) -> None:
        self.spec = spec
        self.classes = classes
        self.seed = seed
        per_stage = (spec.depth - 2) // LAYERS_PER_BLOCK[spec.block] // STAGES
        blocks = [f'stage{s}.block{b}' for s in range(1, STAGES + 1) for b in range(1, per_stage + 1)]
        self.gains = dict(zip(blocks, spec.gains))
        # What is dropped at random depends on the training step; nothing is where this is None.
        self.step: int | None = None
        # Filled by the first forward pass, in the order of the graph's nodes.
        self.parameters: dict[str, torch.Tensor] = {}
        self.velocities: dict[str, torch.Tensor] = {}
        self.running: dict[str, tuple[torch.Tensor, torch.Tensor]] = {}

    def parameter(self, name: str, initial: torch.Tensor) -> torch.Tensor:
        """The parameter of this name; the first to ask for it sets its value."""
        if name not in self.parameters:
            self.parameters[name] = initial.requires_grad_()
            self.velocities[name] = torch.zeros_like(initial)
        return self.parameters[name]

    def constant(self, name: str, size: int, value: float) -> torch.Tensor:
        return self.parameter(name, torch.full((size,), value, dtype=torch.float64))

    def weight(self, name: str, *shape: int, share: float = 1) -> torch.Tensor:
        """Weights that start at a share of He's normal."""
        return self.parameter(name, share * he_normal(name, shape, self.seed))

    def conv(self, name: str, x: torch.Tensor, channels: int, kernel: int, stride: int) -> torch.Tensor:
        weight = self.weight(f'{name}.weight', kernel, kernel, x.shape[1], channels)
        return F.conv2d(pad_same(x, kernel, stride), weight.permute(3, 2, 0, 1), stride=stride)

    def norm(self, name: str, x: torch.Tensor, training: bool) -> torch.Tensor:
        """Batch normalisation. The variance is biased, in the running statistics too."""
        channels = x.shape[1]
        scale = self.constant(f'{name}.scale', channels, 1)
        shift = self.constant(f'{name}.shift', channels, 0)
        if training:
            mean = x.mean((0, 2, 3))
            variance = x.var((0, 2, 3), unbiased=False)
            self.track(name, mean.detach(), variance.detach())
        else:
            mean, variance = self.running[name]

        def wide(v: torch.Tensor) -> torch.Tensor:
            return v.reshape(1, channels, 1, 1)

        return wide(scale) * (x - wide(mean)) / wide(variance + EPSILON).sqrt() + wide(shift)

    def track(self, name: str, mean: torch.Tensor, variance: torch.Tensor) -> None:
        """Moves a norm's running statistics, which start at mean 0 and variance 1, towards a batch's."""
        old = self.running.get(name, (torch.zeros_like(mean), torch.ones_like(variance)))
        self.running[name] = (
            RUNNING_MOMENTUM * old[0] + (1 - RUNNING_MOMENTUM) * mean,
            RUNNING_MOMENTUM * old[1] + (1 - RUNNING_MOMENTUM) * variance,
        )

    def branch(self, prefix: str, x: torch.Tensor, channels: int, stride: int, training: bool) -> torch.Tensor:
        """F(x): a ReLU after every normalisation but the last."""
        if self.spec.block == 'basic':
            layers = [(channels, 3, stride), (channels, 3, 1)]
        else:
            layers = [(channels, 1, stride), (channels, 3, 1), (channels * EXPANSION['bottleneck'], 1, 1)]
        for nth, layer in enumerate(layers, 1):
            x = self.norm(f'{prefix}.norm{nth}', self.conv(f'{prefix}.conv{nth}', x, *layer), training)
            if nth < len(layers):
                x = F.relu(x)
        return x

    def shortcut(self, prefix: str, x: torch.Tensor, channels: int, stride: int, training: bool) -> torch.Tensor:
        """S(x): a projection (C: everywhere; B: where the shape changes), or the identity, subsampled and padded."""
        changes = stride != 1 or x.shape[1] != channels
        if self.spec.option == 'C' or (self.spec.option == 'B' and changes):
            projected = self.conv(f'{prefix}.shortcut.conv', x, channels, 1, stride)
            return self.norm(f'{prefix}.shortcut.norm', projected, training)
        return F.pad(x[:, :, ::stride, ::stride], (0, 0, 0, 0, 0, channels - x.shape[1]))

    def forward(self, images: torch.Tensor, training: bool) -> torch.Tensor:
        """Images (NHWC) to logits."""
        width = self.spec.width
        x = images.permute(0, 3, 1, 2)
        x = F.relu(self.norm('stem.norm', self.conv('stem.conv', x, width, 3, 1), training))
        for block, gain in self.gains.items():
            stage = int(block[len('stage')])
            stride = 2 if stage > 1 and block.endswith('.block1') else 1
            channels = width * 2 ** (stage - 1)
            s = self.shortcut(block, x, channels * EXPANSION[self.spec.block], stride, training)
            f = self.branch(block, x, channels, stride, training)
            x = F.relu(f + gain * s)
        pooled = x.mean((2, 3))
        weight = self.weight('head.dense.weight', pooled.shape[1], self.classes)
        return pooled @ weight + self.constant('head.dense.bias', self.classes, 0)

    def gradients(self, loss: torch.Tensor) -> dict[str, torch.Tensor]:
        return dict(zip(self.parameters, torch.autograd.grad(loss, list(self.parameters.values()))))

    def rests(self, name: str) -> bool:
        """Whether a parameter projects a shortcut whose gain is 0."""
        block, shortcut, _ = name.partition('.shortcut.')
        return shortcut != '' and self.gains[block] == 0

    @torch.no_grad()
    def update(self, gradients: dict[str, torch.Tensor], decay: float = WEIGHT_DECAY) -> None:
        """One step of SGD with momentum; weight decay on every parameter."""
        for name, w in self.parameters.items():
            if self.rests(name):
                continue
            v = self.velocities[name]
            v.copy_(MOMENTUM * v + gradients[name] + decay * w)
            w.sub_(LEARNING_RATE * v)

    def operate(self, block: int, gain: float) -> None:
        """Gives the shortcut of a block, counted from 1, another gain."""
        self.gains[list(self.gains)[block - 1]] = gain


# The record


def rounded(values: torch.Tensor) -> list | float:
    """Nested lists with nine significant digits, more than a float32 has."""
    if values.dim() == 0:
        return float(f'{values.item():.9g}')
    return [rounded(value) for value in values]


def encoded(values: torch.Tensor) -> str:
    return base64.b64encode(values.numpy().astype('<f4').tobytes()).decode('ascii')


def record(case: Case, make: type[Net] | None = None) -> dict[str, object]:
    """Trains the case's net and returns its golden file."""
    images = normal_tensor('golden/images', (case.batch, case.size, case.size, 3))
    random = Random('golden/labels')
    labels = torch.tensor([random.below(case.classes) for _ in range(case.batch)])

    def made() -> Net:
        return (make or Net)(case.net, case.classes, case.seed)

    # The first step with nothing dropped
    net = made()
    logits = net.forward(images, training=True)
    loss = F.cross_entropy(logits, labels)
    gradients = net.gradients(loss)
    first: dict[str, object] = {
        'logits': rounded(logits.detach()),
        'loss': rounded(loss.detach()),
        'errors': int((logits.argmax(1) != labels).sum()),
        'gradientNorm': rounded(torch.cat([g.flatten() for g in gradients.values()]).norm()),
        'gradients': {name: encoded(g) for name, g in gradients.items()},
    }
    if 'stem.norm' in net.running:
        mean, variance = net.running['stem.norm']
        first['running'] = {'norm': 'stem.norm', 'mean': rounded(mean), 'variance': rounded(variance)}

    net = made()
    losses: list[torch.Tensor] = []
    for net.step in range(STEPS):
        for change in case.surgery:
            if change.step == net.step:
                net.operate(change.block, change.gain)
        loss = F.cross_entropy(net.forward(images, training=True), labels)
        losses.append(loss.detach())
        net.update(net.gradients(loss), case.weight_decay)
    net.step = None

    golden: dict[str, object] = {
        'net': asdict(case.net),
        'size': case.size,
        'classes': case.classes,
        'batch': case.batch,
        'seed': case.seed,
        'recipe': {'learningRate': LEARNING_RATE, 'momentum': MOMENTUM, 'weightDecay': case.weight_decay},
        'surgery': [asdict(change) for change in case.surgery],
        **first,
        'losses': rounded(torch.stack(losses)),
        'evaluationLogits': rounded(net.forward(images, training=False).detach()),
    }
    if case.weight_decay == WEIGHT_DECAY:
        return golden
    small = {name: encoded(w.detach()) for name, w in net.parameters.items() if w.numel() <= 300}
    return {**golden, 'gradients': {}, 'final': small}


def to_json(golden: dict[str, object]) -> str:
    """One line a field."""
    fields = [f'  {json.dumps(key)}: {json.dumps(value)}' for key, value in golden.items()]
    return '{\n' + ',\n'.join(fields) + '\n}\n'


def main(cases: dict[str, Case] | None = None, make: type[Net] | None = None) -> None:
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for name, case in (cases or CASES).items():
        golden = record(case, make)
        path = TARGET / f'{name}.json'
        path.write_text(to_json(golden), encoding='utf-8')
        losses = ' '.join(f'{loss:.4f}' for loss in golden['losses'])
        print(f'{path.name:30} {path.stat().st_size / 1024:5.1f} KB  losses {losses}')


if __name__ == '__main__':
    main()
