"""
The choices of a block (src/core/net/choices.ts) as PyTorch computes them: goldens of the same form as those of
scripts/goldens.py, one net of 8 or 11 layers for each choice, recorded in the same folder.

    python3 scripts/goldens_choices.py

A net's `choices` are the JSON of a link; what it leaves out is as in the paper.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from goldens import LARGE_DECAY, LAYERS_PER_BLOCK, STAGES, Case, GainChange, Net, NetSpec, Random, main

# What stands before and behind each convolution, behind the last, behind the sum, and behind the last block
ORDERS = {
    None: ([], ['norm', 'relu'], ['norm'], ['relu'], []),
    'norm-after-sum': ([], ['norm', 'relu'], [], ['norm', 'relu'], []),
    'relu-before-sum': ([], ['norm', 'relu'], ['norm', 'relu'], [], []),
    'relu-only-pre-activation': (['relu'], ['norm'], ['norm'], [], ['relu']),
    'pre-activation': (['norm', 'relu'], [], [], [], ['norm', 'relu']),
}


@dataclass(frozen=True)
class ChosenSpec(NetSpec):
    """A net with choices."""

    choices: dict[str, object] = field(default_factory=dict)


NONE = {'type': 'none'}


class ChosenNet(Net):
    """Its blocks differ from the paper's in the choices."""

    def __init__(self, spec: ChosenSpec, classes: int, seed: int) -> None:
        super().__init__(spec, classes, seed)
        self.choices = spec.choices
        self.is_dense = self.choices.get('shortcut', {}).get('type') == 'dense'
        self.span = 1 if self.is_dense else self.choices.get('span', LAYERS_PER_BLOCK['basic'])
        self.order = ORDERS[self.choices.get('order')]
        self.groups = self.choices.get('norm', {}).get('groups')
        self.has_norms = self.choices.get('norm') != NONE
        self.is_fixup = self.choices.get('start') == {'type': 'fixup'}
        self.shortcut_type = self.choices.get('shortcut', {}).get('type')
        per_stage = (spec.depth - 2) // self.span // STAGES
        blocks = [f'stage{s}.block{b}' for s in range(1, STAGES + 1) for b in range(1, per_stage + 1)]
        self.gains = dict(zip(blocks, spec.gains or [1] * len(blocks)))

    def conv(self, name: str, x: torch.Tensor, channels: int, kernel: int, stride: int) -> torch.Tensor:
        y = super().conv(name, x, channels, kernel, stride)
        return y if self.has_norms else y + self.constant(f'{name}.bias', channels, 0).reshape(1, -1, 1, 1)

    def weight(self, name: str, *shape: int) -> torch.Tensor:
        return super().weight(name, *shape, share=self.share(name))

    def share(self, name: str) -> float:
        """The share of He's normal that a weight starts with: a gate's variance is one over the fan-in, half of He's."""
        if '.gate.' in name:
            return math.sqrt(0.5)
        if not self.is_fixup:
            return 1
        if name.startswith('head.') or name.endswith(f'.conv{self.span}.weight'):
            return 0
        return len(self.gains) ** (-1 / (2 * self.span - 2)) if '.block' in name else 1

    def norm(self, name: str, x: torch.Tensor, training: bool) -> torch.Tensor:
        if self.groups:
            scale, shift = self.constant(f'{name}.scale', x.shape[1], 1), self.constant(f'{name}.shift', x.shape[1], 0)
            return F.group_norm(x, self.groups, scale, shift)
        return super().norm(name, x, training) if self.has_norms else x

    def finished(self, x: torch.Tensor, parts: list[str], norm: str, training: bool) -> torch.Tensor:
        for part in parts:
            if part == 'relu':
                x = F.leaky_relu(x, self.choices.get('slope', 0))
            else:
                x = self.norm(norm, x, training)
        return x

    def block(self, prefix: str, x: torch.Tensor, channels: int, stride: int, gain: float, training: bool) -> torch.Tensor:
        before, behind, last, behind_sum, _ = self.order
        shortcut = self.dropped_out(f'{prefix}.shortcut.dropout', self.shortcut(prefix, x, channels, stride, training))
        entered = x
        for nth in range(1, self.span + 1):
            norm = f'{prefix}.norm{nth}'
            x = self.finished(x, before, norm, training)
            step = stride if nth == 1 else 1
            beside = self.rep(f'{prefix}.rep{nth}', x, channels, step, training) if self.choices.get('rep') else None
            x = self.conv(f'{prefix}.conv{nth}', x, channels, 3, step)
            if beside is not None:
                x = self.norm(norm, x, training) + beside
            parts = [each for each in (last if nth == self.span else behind) if beside is None or each != 'norm']
            x = self.finished(x, parts, norm, training)
        if self.shortcut_type == 'concat':
            x = self.conv(f'{prefix}.mix.conv', torch.cat([x, shortcut], 1), channels, 1, 1)
            return self.finished(x, ['norm', 'relu'], f'{prefix}.mix.norm', training)
        if self.shortcut_type == 'highway':
            bias = self.constant(f'{prefix}.gate.conv.bias', channels, self.choices['shortcut']['bias'])
            gate = Net.conv(self, f'{prefix}.gate.conv', entered, channels, 1, stride) + bias.reshape(1, -1, 1, 1)
            share = torch.sigmoid(gate)
            rectified = F.leaky_relu(x, self.choices.get('slope', 0))
            return share * rectified + (1 - share) * gain * shortcut
        if self.shortcut_type == 'scalar':
            x = x * self.constant(f'{prefix}.factor.scale', 1, self.choices['shortcut']['start'])
        if 'drop' in self.choices:
            x = x * self.kept(prefix, behind_sum)
        return self.finished(x + gain * shortcut, behind_sum, f'{prefix}.norm{self.span}', training)

    def rep(self, prefix: str, x: torch.Tensor, channels: int, stride: int, training: bool) -> torch.Tensor:
        """What RepVGG adds to a 3x3 convolution with its norm: a 1x1 with a norm and, where the shape stays, a norm."""
        y = self.norm(f'{prefix}.norm', self.conv(f'{prefix}.conv', x, channels, 1, stride), training)
        stays = stride == 1 and x.shape[1] == channels
        return y + self.norm(f'{prefix}.identity', x, training) if stays else y

    def stream(self, name: str) -> Random:
        """The random numbers of a node in the present step."""
        return Random(f'{self.seed}/{name}/{self.step}')

    def kept(self, prefix: str, behind_sum: list[str]) -> float:
        """0 where the step drops the branch, else 1; their mean where nothing is dropped at random."""
        blocks = list(self.gains)
        rate = self.choices['drop'] * (blocks.index(prefix) + 1) / len(blocks)
        if self.step is None:
            return 1 - rate
        # The engine computes the branch, the sum and a ReLU behind it at once, under the last one's name.
        name = 'relu' if behind_sum[:1] == ['relu'] else 'add'
        return 0 if self.stream(f'{prefix}.{name}').uniform() < rate else 1

    def dropped_out(self, name: str, x: torch.Tensor) -> torch.Tensor:
        """Dropout of the shortcut, by one random number for each of its numbers in the engine's order, NHWC."""
        if self.shortcut_type != 'dropout' or self.step is None:
            return x
        rate = self.choices['shortcut']['rate']
        random = self.stream(name)
        images, channels, height, width = x.shape
        keeps = [float(random.uniform() >= rate) for _ in range(x.numel())]
        mask = torch.tensor(keeps, dtype=torch.float64).reshape(images, height, width, channels).permute(0, 3, 1, 2)
        return x * mask / (1 - rate)

    def forward(self, images: torch.Tensor, training: bool) -> torch.Tensor:
        width = self.spec.width
        x = self.conv('stem.conv', images.permute(0, 3, 1, 2), width, 3, 1)
        if self.is_dense:
            return self.head(self.dense(x, training), 'pre-activation', training)
        x = self.finished(x, ['norm', 'relu'], 'stem.norm', training)
        for block, gain in self.gains.items():
            stage = int(block[len('stage')])
            stride = 2 if stage > 1 and block.endswith('.block1') else 1
            x = self.block(block, x, width * 2 ** (stage - 1), stride, gain, training)
        return self.head(x, self.choices.get('order'), training)

    def dense(self, x: torch.Tensor, training: bool) -> torch.Tensor:
        """Stages of dense connections, and transitions between them."""
        for block in self.gains:
            stage = int(block[len('stage')])
            if stage > 1 and block.endswith('.block1'):
                name = f'transition{stage - 1}'
                y = self.finished(x, ['norm', 'relu'], f'{name}.norm', training)
                x = F.avg_pool2d(self.conv(f'{name}.conv', y, x.shape[1] // 2, 1, 1), 2)
            y = self.finished(x, ['norm', 'relu'], f'{block}.norm1', training)
            x = torch.cat([x, self.conv(f'{block}.conv1', y, self.choices['shortcut']['growth'], 3, 1)], 1)
        return x

    def head(self, x: torch.Tensor, order: str | None, training: bool) -> torch.Tensor:
        x = self.finished(x, ORDERS[order][4], 'head.norm', training).mean((2, 3))
        weight = self.weight('head.dense.weight', x.shape[1], self.classes)
        return x @ weight + self.constant('head.dense.bias', self.classes, 0)


def plain(depth: int = 8, blocks: int = 3, **choices: object) -> ChosenSpec:
    return ChosenSpec('plain', depth, 4, 'basic', 'A', (0,) * blocks, choices)


def residual(depth: int = 8, option: str = 'A', blocks: int = 3, **choices: object) -> ChosenSpec:
    return ChosenSpec('residual', depth, 4, 'basic', option, (1,) * blocks, choices)


CASES = {
    'choice-norm-after-sum': Case(residual(order='norm-after-sum')),
    'choice-relu-before-sum': Case(residual(order='relu-before-sum')),
    'choice-relu-only-pre-activation': Case(residual(order='relu-only-pre-activation')),
    'choice-pre-activation': Case(residual(order='pre-activation')),
    'choice-pre-activation-b': Case(residual(option='B', order='pre-activation')),
    'choice-no-norm': Case(residual(norm=NONE)),
    'choice-no-norm-pre-activation': Case(residual(norm=NONE, order='pre-activation')),
    'choice-fixup': Case(residual(norm=NONE, start={'type': 'fixup'})),
    'choice-slope': Case(residual(slope=0.5)),
    'choice-scalar-0': Case(residual(shortcut={'type': 'scalar', 'start': 0})),
    'choice-scalar-no-norm': Case(residual(norm=NONE, shortcut={'type': 'scalar', 'start': 0.5})),
    'choice-highway': Case(residual(shortcut={'type': 'highway', 'bias': -2})),
    'choice-highway-decay': Case(residual(shortcut={'type': 'highway', 'bias': -2}), weight_decay=LARGE_DECAY),
    'choice-scalar-no-norm-decay': Case(
        residual(norm=NONE, shortcut={'type': 'scalar', 'start': 0.5}), weight_decay=LARGE_DECAY
    ),
    'choice-group-norm': Case(residual(norm={'type': 'group', 'groups': 2})),
    'choice-concat': Case(residual(blocks=0, shortcut={'type': 'concat'})),
    'choice-dense': Case(residual(blocks=0, shortcut={'type': 'dense', 'growth': 3})),
    'choice-drop': Case(residual(drop=0.5)),
    'choice-drop-pre-activation': Case(residual(order='pre-activation', drop=0.6)),
    'choice-dropout': Case(residual(shortcut={'type': 'dropout', 'rate': 0.3})),
    'choice-pre-activation-surgery': Case(
        residual(option='B', order='pre-activation'),
        surgery=(GainChange(1, 1, 0.5), GainChange(2, 2, 0), GainChange(4, 2, 1)),
    ),
    'choice-span-1': Case(residual(span=1, blocks=6)),
    'choice-span-3': Case(residual(11, span=3)),
    'choice-rep': Case(plain(rep=True)),
    # With an odd side, stride 2 pads both edges alike.
    'choice-rep-residual-odd': Case(residual(rep=True, slope=0.1), size=9, batch=12),
}


if __name__ == '__main__':
    main(CASES, ChosenNet)
