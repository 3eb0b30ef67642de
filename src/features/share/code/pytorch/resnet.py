class SameConv(nn.Conv2d):
    """A convolution padded so that it gives ceil(side / stride); an odd zero goes to the far edge."""

    def forward(self, x):
        kernel, stride = self.kernel_size[0], self.stride[0]
        edges = []
        for side in (x.shape[3], x.shape[2]):
            total = max((math.ceil(side / stride) - 1) * stride + kernel - side, 0)
            edges += [total // 2, total - total // 2]
        return super().forward(F.pad(x, edges))


def conv(net, channels, out, kernel, stride):
    bias = not has_norms(net)
    if is_imagenet(net):
        return nn.Conv2d(channels, out, kernel, stride, kernel // 2, bias=bias)
    return SameConv(channels, out, kernel, stride, bias=bias)


def norm(net, channels):
    if 'groups' in choices_of(net).get('norm', {}):
        return nn.GroupNorm(choices_of(net)['norm']['groups'], channels)
    return nn.BatchNorm2d(channels) if has_norms(net) else nn.Identity()


def relu(net, x):
    return F.leaky_relu(x, choices_of(net).get('slope', 0))


class Pad(nn.Module):
    """Option A where the shape changes: zeros in the new channels and, with a stride of 2, every second pixel."""

    def __init__(self, out, stride):
        super().__init__()
        self.out, self.stride = out, stride

    def forward(self, x):
        x = x[:, :, :: self.stride, :: self.stride]
        return F.pad(x, (0, 0, 0, 0, 0, self.out - x.shape[1]))


class Factor(nn.Module):
    """x times one learned number."""

    def __init__(self, start):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor([float(start)]))

    def forward(self, x):
        return self.weight * x


class RepBranches(nn.Module):
    """Beside a 3x3 convolution with its norm a 1x1 with a norm and, where the shape stays, a norm alone (RepVGG)."""

    def __init__(self, net, channels, out, stride):
        super().__init__()
        self.conv, self.norm = conv(net, channels, out, 1, stride), norm(net, out)
        self.identity = norm(net, out) if stride == 1 and channels == out else None

    def forward(self, x):
        y = self.norm(self.conv(x))
        return y if self.identity is None else y + self.identity(x)


def draw_start(weight, start):
    """First weights [out, in, kernel, kernel] of another kind than He's, which they have before."""
    channels, centre = weight.shape[:2], weight.shape[-1] // 2
    with torch.no_grad():
        if start['type'] == 'orthogonal':
            nn.init.orthogonal_(weight, math.sqrt(2))
        elif start['type'] == 'delta-orthogonal':
            weight.zero_()
            weight[:, :, centre, centre] = nn.init.orthogonal_(torch.empty(channels), math.sqrt(2))
        else:
            weight *= start['share']
            weight[:, :, centre, centre] += torch.eye(*channels)


class Block(nn.Module):
    """y = F(x) + gain * S(x), rectified as the order says; a plain net is one whose gains are 0."""

    def __init__(self, channels, width, stride, net, gain):
        super().__init__()
        out = width * EXPANSION[kind_of(net)]
        layers = layers_of(net, width, stride)
        self.net, self.depth, self.gain = net, len(layers), gain
        self.dropped = 0
        self.order = ORDERS[choices_of(net).get('order')]
        self.shortcut = choices_of(net).get('shortcut', {})
        if self.shortcut.get('type') == 'scalar':
            self.factor = Factor(self.shortcut['start'])
        if self.shortcut.get('type') == 'highway':
            self.gate = nn.Conv2d(channels, out, 1, stride)
        if self.shortcut.get('type') == 'dropout':
            self.drop = nn.Dropout(self.shortcut['rate'])
        if self.shortcut.get('type') == 'concat':
            self.mix = nn.Sequential(conv(net, 2 * out, out, 1, 1), norm(net, out))
        before = channels
        for nth, (after, kernel, step) in enumerate(layers, 1):
            setattr(self, f'conv{nth}', conv(net, before, after, kernel, step))
            setattr(self, f'bn{nth}', norm(net, before if 'norm' in self.order[0] else after))
            if choices_of(net).get('rep'):
                setattr(self, f'rep{nth}', RepBranches(net, before, after, step))
            before = after
        changes = stride != 1 or channels != out
        if net['option'] == 'C' or (net['option'] == 'B' and changes):
            self.downsample = nn.Sequential(conv(net, channels, out, 1, stride), norm(net, out))
        else:
            self.downsample = Pad(out, stride) if changes else nn.Identity()

    def finished(self, x, parts, nth):
        for part in parts:
            x = getattr(self, f'bn{nth}')(x) if part == 'norm' else relu(self.net, x)
        return x

    def forward(self, x):
        before, behind, last, behind_sum, _ = self.order
        y = x
        for nth in range(1, self.depth + 1):
            entered = self.finished(y, before, nth)
            y = getattr(self, f'conv{nth}')(entered)
            parts = last if nth == self.depth else behind
            if hasattr(self, f'rep{nth}'):
                y = getattr(self, f'bn{nth}')(y) + getattr(self, f'rep{nth}')(entered)
                parts = [part for part in parts if part != 'norm']
            y = self.finished(y, parts, nth)
        if hasattr(self, 'mix'):
            return relu(self.net, self.mix(torch.cat([y, self.downsample(x)], 1)))
        if hasattr(self, 'factor'):
            y = self.factor(y)
        if self.training and self.dropped > 0 and torch.rand(()) < self.dropped:
            y = 0 * y
        elif not self.training:
            y = (1 - self.dropped) * y
        # Without a gradient SGD lets the projection of a shortcut that is cut rest; its running statistics move, as in the page.
        with torch.set_grad_enabled(self.gain != 0 and torch.is_grad_enabled()):
            shortcut = self.downsample(x)
        if hasattr(self, 'gate'):
            share = torch.sigmoid(self.gate(x))
            y = share * relu(self.net, y)
            return y if self.gain == 0 else y + (1 - share) * self.gain * shortcut
        if self.gain != 0:
            y = y + self.gain * (self.drop(shortcut) if hasattr(self, 'drop') else shortcut)
        return self.finished(y, behind_sum, self.depth)


class ResNet(Net):
    """Named as torchvision's. Images below 64 pixels a side are neither strided over nor pooled before the stages."""

    def __init__(self, net, size, classes):
        super().__init__()
        self.net = net
        width, is_large = net['width'], is_imagenet(net) and size >= 64
        self.conv1 = conv(net, 3, width, 7 if is_imagenet(net) else 3, 2 if is_large else 1)
        self.bn1 = norm(net, width)
        self.pool = nn.MaxPool2d(3, 2, 1) if is_large else nn.Identity()
        channels, gains = width, iter(net['gains'])
        self.stages = [f'layer{stage}' for stage, _ in enumerate(blocks_of(net), 1)]
        for stage, count in enumerate(blocks_of(net)):
            blocks = []
            for index in range(count):
                stride = 2 if stage > 0 and index == 0 else 1
                blocks.append(Block(channels, width * 2**stage, stride, net, next(gains, 1)))
                channels = width * 2**stage * EXPANSION[kind_of(net)]
            setattr(self, self.stages[stage], nn.Sequential(*blocks))
        self.behind_blocks = ORDERS[choices_of(net).get('order')][4]
        self.bn2 = norm(net, channels) if 'norm' in self.behind_blocks else nn.Identity()
        self.fc = nn.Linear(channels, classes)

    @property
    def blocks(self):
        return [block for stage in self.stages for block in getattr(self, stage)]

    @property
    def first_norms(self):
        return [self.bn1] if has_norms(self.net) else []

    def choose_start(self):
        choices = choices_of(self.net)
        start = choices.get('start')
        norms = self.first_norms
        for nth, block in enumerate(self.blocks, 1):
            block.dropped = choices.get('drop', 0) * nth / len(self.blocks)
            if hasattr(block, 'gate'):
                nn.init.normal_(block.gate.weight, std=block.gate.in_channels**-0.5)
                nn.init.constant_(block.gate.bias, choices['shortcut']['bias'])
            convolutions = [getattr(block, f'conv{nth}') for nth in range(1, block.depth + 1)]
            if start is not None and start['type'] == 'fixup':
                for each in convolutions[:-1]:
                    with torch.no_grad():
                        each.weight *= len(self.blocks) ** (-1 / (2 * block.depth - 2))
                nn.init.zeros_(convolutions[-1].weight)
                nn.init.zeros_(self.fc.weight)
            elif start is not None:
                for each in convolutions:
                    draw_start(each.weight, start)
            if has_norms(self.net):
                norms += [getattr(block, f'bn{nth}') for nth in range(1, block.depth + 1)]
                nn.init.constant_(norms[-1].weight, choices.get('lastScale', 1))
        for each in norms:
            nn.init.constant_(each.bias, choices.get('shift', 0))

    def forward(self, x):
        x = self.pool(relu(self.net, self.bn1(self.conv1(x))))
        for block in self.blocks:
            x = block(x)
        if 'relu' in self.behind_blocks:
            x = relu(self.net, self.bn2(x))
        return self.fc(x.mean((2, 3)))



class DenseBlock(nn.Module):
    """x, and behind it `growth` more channels made of it."""

    def __init__(self, channels, growth, net):
        super().__init__()
        self.net, self.depth, self.gain = net, 1, 1
        self.bn1 = norm(net, channels)
        self.conv1 = conv(net, channels, growth, 3, 1)

    def forward(self, x):
        return torch.cat([x, self.conv1(relu(self.net, self.bn1(x)))], 1)


class Transition(nn.Module):
    """Half of the channels, and half of the sides."""

    def __init__(self, channels, net):
        super().__init__()
        self.net = net
        self.bn = norm(net, channels)
        self.conv = conv(net, channels, channels // 2, 1, 1)

    def forward(self, x):
        return F.avg_pool2d(self.conv(relu(self.net, self.bn(x))), 2)


class DenseNet(ResNet):
    """Dense connections inside the stages (Huang et al. 2017, without bottlenecks)."""

    def __init__(self, net, size, classes):
        Net.__init__(self)
        self.net = net
        channels, growth = net['width'], choices_of(net)['shortcut']['growth']
        self.conv1 = conv(net, 3, channels, 3, 1)
        self.stages = []
        for stage, count in enumerate(blocks_of(net)):
            if stage > 0:
                setattr(self, f'transition{stage}', Transition(channels, net))
                channels //= 2
            blocks = [DenseBlock(channels + growth * index, growth, net) for index in range(count)]
            channels += growth * count
            self.stages.append(f'layer{stage + 1}')
            setattr(self, self.stages[-1], nn.Sequential(*blocks))
        self.bn2 = norm(net, channels)
        self.fc = nn.Linear(channels, classes)

    @property
    def first_norms(self):
        transitions = [getattr(self, f'transition{stage}').bn for stage in range(1, len(self.stages))]
        return transitions if has_norms(self.net) else []

    def forward(self, x):
        x = self.conv1(x)
        for stage, name in enumerate(self.stages):
            x = getattr(self, f'transition{stage}')(x) if stage > 0 else x
            x = getattr(self, name)(x)
        return self.fc(relu(self.net, self.bn2(x)).mean((2, 3)))


def make_resnet(net, size, classes):
    is_dense = choices_of(net).get('shortcut', {}).get('type') == 'dense'
    return (DenseNet if is_dense else ResNet)(net, size, classes)


NETS[None] = NETS['imagenet'] = make_resnet
