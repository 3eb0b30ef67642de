"""
The truth that lesions and probes are tested against: the nets of goldens.py (which see), trained for five steps on
their one batch, then looked into by PyTorch in double precision; recorded as src/engine/insight/goldens/NAME.json.

    python3 scripts/goldens_insight.py

What a golden file holds beside net, size, classes, batch, seed, recipe:

    gradients    layer -> Euclidean norm of the loss's gradient by its weights, of the batch, without the decay
    total        the same of all parameters together
    cosines      layer -> cosine of that gradient and the one of the second batch: standard normals from
                 Random('golden/images/2'), labels from Random('golden/labels/2')
    responses    layer -> standard deviation over all elements of the output of its normalisation
    branches     for each block: ratio = ||F(x)|| / ||x||, negative = share of F(x) + g * S(x) that is not above 0,
                 weight = Euclidean norm of the branch's convolution weights
    lesions      [{lesion, logits}]: logits of the batch with batch statistics; lesions as in src/core/results/lesion.ts
    paths        with the batch's statistics held fixed: for each length, the norms of the gradient of the batch's loss
                 by its images along every path of that length; and `whole`, the norm of all together
    derivatives  df/dt at t = 0, 0.25, 0.5, 0.75, 1 on the line from the batch's first image to its second, f the logit
                 of the first one's label, statistics fixed as above
"""

import copy
import itertools
import json
from dataclasses import asdict
from pathlib import Path

import torch
import torch.nn.functional as F

from goldens import LEARNING_RATE, MOMENTUM, STEPS, WEIGHT_DECAY, Case, Net, NetSpec, Random, he_normal
from goldens import normal_tensor, rounded, to_json

TARGET = Path(__file__).parent.parent / 'src' / 'engine' / 'insight' / 'goldens'

POINTS = (0, 0.25, 0.5, 0.75, 1)


def spec(family: str, depth: int, gains: tuple[float, ...], option: str = 'A', block: str = 'basic') -> NetSpec:
    return NetSpec(family, depth, width=3, block=block, option=option, gains=gains)


CASES = {
    'plain-14': Case(spec('plain', 14, (0,) * 6)),
    'resnet-14-a': Case(spec('residual', 14, (1,) * 6)),
    # With the seed of the others a ReLU stands so near its kink that the order of a sum decides it.
    'resnet-14-b-gains': Case(spec('residual', 14, (1, 0.5, 1, 0, 1, 2), option='B'), seed=8),
    'resnet-11-bottleneck-c': Case(spec('residual', 11, (1, 1, 1), option='C', block='bottleneck')),
}


class OpenNet(Net):
    """A net that tells what happens in it, and whose blocks can be deleted or passed on one way only."""

    def __init__(self, *arguments) -> None:
        super().__init__(*arguments)
        self.deleted: set[str] = set()
        # Block -> 'branch' or 'shortcut': the way that gradients go; forward it is whole.
        self.routes: dict[str, str] = {}
        self.seen: dict[str, dict[str, torch.Tensor]] = {}
        self.normed: dict[str, torch.Tensor] = {}

    def norm(self, name: str, x: torch.Tensor, training: bool) -> torch.Tensor:
        y = super().norm(name, x, training)
        self.normed[name] = y.detach()
        return y

    def forward(self, images: torch.Tensor, training: bool) -> torch.Tensor:
        width = self.spec.width
        x = images.permute(0, 3, 1, 2)
        x = F.relu(self.norm('stem.norm', self.conv('stem.conv', x, width, 3, 1), training))
        for block, gain in self.gains.items():
            stage = int(block[len('stage')])
            stride = 2 if stage > 1 and block.endswith('.block1') else 1
            channels = width * 2 ** (stage - 1)
            s = self.shortcut(block, x, channels * (4 if self.spec.block == 'bottleneck' else 1), stride, training)
            f = self.branch(block, x, channels, stride, training)
            if block in self.deleted:
                f, gain = torch.zeros_like(f), gain or 1
            route = self.routes.get(block)
            if route == 'branch':
                s = s.detach()
            if route == 'shortcut':
                f = f.detach()
            total = f + gain * s
            self.seen[block] = {'x': x.detach(), 'f': f.detach(), 'total': total.detach()}
            x = F.relu(total)
        pooled = x.mean((2, 3))
        weight = self.weight('head.dense.weight', pooled.shape[1], self.classes)
        return pooled @ weight + self.constant('head.dense.bias', self.classes, 0)


def batch_of(case: Case, suffix: str) -> tuple[torch.Tensor, torch.Tensor]:
    images = normal_tensor(f'golden/images{suffix}', (case.batch, case.size, case.size, 3))
    random = Random(f'golden/labels{suffix}')
    return images, torch.tensor([random.below(case.classes) for _ in range(case.batch)])


def train(case: Case) -> OpenNet:
    net = OpenNet(case.net, case.classes, case.seed)
    images, labels = batch_of(case, '')
    for _ in range(STEPS):
        net.update(net.gradients(F.cross_entropy(net.forward(images, training=True), labels)))
    return net


def untouched(net: OpenNet) -> OpenNet:
    """A copy to do anything to."""
    twin = OpenNet(net.spec, net.classes, net.seed)
    twin.gains = dict(net.gains)
    twin.parameters = {name: w.detach().clone().requires_grad_() for name, w in net.parameters.items()}
    twin.velocities = {name: torch.zeros_like(w) for name, w in net.parameters.items()}
    twin.running = copy.copy(net.running)
    return twin


def fixed(net: OpenNet, images: torch.Tensor) -> OpenNet:
    """A copy whose running statistics are those of these images."""
    twin = untouched(net)
    twin.running = {}
    twin.forward(images, training=True)
    # From mean 0 and variance 1, one step of the average leads 1 / 10 of the way.
    share = 0.1
    twin.running = {
        name: (mean / share, (variance - (1 - share)) / share) for name, (mean, variance) in twin.running.items()
    }
    return twin


def layer_gradients(net: OpenNet, images: torch.Tensor, labels: torch.Tensor) -> dict[str, torch.Tensor]:
    twin = untouched(net)
    return twin.gradients(F.cross_entropy(twin.forward(images, training=True), labels))


def layers(gradients: dict[str, torch.Tensor]) -> list[str]:
    return [name[: -len('.weight')] for name in gradients if name.endswith('.weight') and '.shortcut.' not in name]


def cosine(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return (a * b).sum() / (a.norm() * b.norm())


def norm_of(layer: str) -> str:
    return layer.replace('.conv', '.norm')


def branch_facts(net: OpenNet, images: torch.Tensor) -> list[dict[str, float]]:
    twin = untouched(net)
    twin.forward(images, training=True)
    facts = []
    for block, seen in twin.seen.items():
        weights = [w.detach().flatten() for name, w in twin.parameters.items() if name.startswith(f'{block}.conv')]
        facts.append({
            'ratio': rounded(seen['f'].norm() / seen['x'].norm()),
            'negative': rounded((seen['total'] <= 0).double().mean()),
            'weight': rounded(torch.cat(weights).norm()),
        })
    return facts


def lesioned(net: OpenNet, lesion: dict[str, object]) -> OpenNet:
    twin = untouched(net)
    names = list(twin.gains)
    block = names[lesion['block'] - 1]
    if lesion['kind'] == 'branch':
        twin.deleted = {block}
    elif lesion['kind'] == 'shortcut':
        twin.gains[block] = 0
    elif lesion['kind'] == 'swap':
        other = names[lesion['other'] - 1]
        twin.gains[block], twin.gains[other] = net.gains[other], net.gains[block]
        for mine, its in ((block, other), (other, block)):
            for name in net.parameters:
                if name.startswith(f'{mine}.'):
                    twin.parameters[name] = net.parameters[its + name[len(mine):]].detach().clone()
    else:
        for name, w in net.parameters.items():
            if name.startswith(f'{block}.'):
                shape = tuple(w.shape)
                fresh = he_normal(name, shape, net.seed) if name.endswith('.weight') else torch.full_like(w, name.endswith('.scale'))
                twin.parameters[name] = fresh.detach()
    return twin


def lesions_of(case: Case) -> list[dict[str, object]]:
    count = len(case.net.gains)
    blocks = range(1, count + 1)
    single = [{'kind': kind, 'block': block} for kind in ('branch', 'shortcut', 'reset') for block in blocks]
    # Blocks of a stage but its first, or where no shape changes all of it, can change places: here in stage 1.
    swaps = [{'kind': 'swap', 'block': 1, 'other': 2}] if count == 6 else []
    return single + swaps


def path_norms(net: OpenNet, images: torch.Tensor, labels: torch.Tensor) -> dict[str, object]:
    twin = fixed(net, images)
    open_blocks = [block for block, gain in net.gains.items() if gain != 0]
    x = images.clone().requires_grad_()

    def gradient(routes: dict[str, str]) -> torch.Tensor:
        twin.routes = routes
        return torch.autograd.grad(F.cross_entropy(twin.forward(x, training=False), labels), x)[0]

    lengths = []
    for k in range(len(open_blocks) + 1):
        norms = []
        for through in itertools.combinations(open_blocks, k):
            routes = {block: 'branch' if block in through or gain == 0 else 'shortcut' for block, gain in net.gains.items()}
            norms.append(gradient(routes).norm())
        lengths.append({'length': len(net.gains) - len(open_blocks) + k, 'norms': rounded(torch.stack(norms))})
    return {'lengths': lengths, 'whole': rounded(gradient({}).norm())}


def line_derivatives(net: OpenNet, images: torch.Tensor, labels: torch.Tensor) -> list[float]:
    twin = fixed(net, images)
    derivatives = []
    for point in POINTS:
        t = torch.tensor(point, dtype=torch.float64, requires_grad=True)
        image = (1 - t) * images[0] + t * images[1]
        logit = twin.forward(image[None], training=False)[0, labels[0]]
        derivatives.append(rounded(torch.autograd.grad(logit, t)[0]))
    return derivatives


def record(case: Case) -> dict[str, object]:
    net = train(case)
    images, labels = batch_of(case, '')
    gradients = layer_gradients(net, images, labels)
    others = layer_gradients(net, *batch_of(case, '/2'))
    twin = untouched(net)
    twin.forward(images, training=True)
    names = layers(gradients)
    return {
        'net': asdict(case.net),
        'size': case.size,
        'classes': case.classes,
        'batch': case.batch,
        'seed': case.seed,
        'steps': STEPS,
        'recipe': {'learningRate': LEARNING_RATE, 'momentum': MOMENTUM, 'weightDecay': WEIGHT_DECAY},
        'gradients': {name: rounded(gradients[f'{name}.weight'].norm()) for name in names},
        'total': rounded(torch.cat([g.flatten() for g in gradients.values()]).norm()),
        'cosines': {name: rounded(cosine(gradients[f'{name}.weight'], others[f'{name}.weight'])) for name in names},
        'responses': {name: rounded(twin.normed[norm_of(name)].std(unbiased=False)) for name in names if name != 'head.dense'},
        'branches': branch_facts(net, images),
        'lesions': [
            {'lesion': lesion, 'logits': rounded(lesioned(net, lesion).forward(images, training=True).detach())}
            for lesion in lesions_of(case)
        ],
        'paths': path_norms(net, images, labels),
        'derivatives': line_derivatives(net, images, labels),
    }


def main() -> None:
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for name, case in CASES.items():
        path = TARGET / f'{name}.json'
        path.write_text(to_json(record(case)), encoding='utf-8')
        print(f'{path.name:30} {path.stat().st_size / 1024:5.1f} KB')


if __name__ == '__main__':
    main()
