# Plain and residual nets (He et al. 2015, section 4.2, and the ImageNet nets of table 1)

LAYERS_PER_BLOCK = {'basic': 2, 'bottleneck': 3}
EXPANSION = {'basic': 1, 'bottleneck': 4}
IMAGENET_BLOCKS = {18: [2, 2, 2, 2], 34: [3, 4, 6, 3], 50: [3, 4, 6, 3], 101: [3, 4, 23, 3], 152: [3, 8, 36, 3]}


def is_imagenet(net):
    return net.get('design') == 'imagenet'


def kind_of(net):
    return ('bottleneck' if net['depth'] >= 50 else 'basic') if is_imagenet(net) else net['block']


def blocks_of(net):
    """How many blocks each stage has."""
    if is_imagenet(net):
        return IMAGENET_BLOCKS[net['depth']]
    return [(net['depth'] - 2) // LAYERS_PER_BLOCK[net['block']] // 3] * 3


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
    if is_imagenet(net):
        return nn.Conv2d(channels, out, kernel, stride, kernel // 2, bias=False)
    return SameConv(channels, out, kernel, stride, bias=False)


class Pad(nn.Module):
    """Option A where the shape changes: every second pixel, and zeros in the new channels."""

    def __init__(self, out, stride):
        super().__init__()
        self.out, self.stride = out, stride

    def forward(self, x):
        x = x[:, :, :: self.stride, :: self.stride]
        return F.pad(x, (0, 0, 0, 0, 0, self.out - x.shape[1]))


def layers_of(net, width, stride):
    """Channels, kernel and stride of a block's convolutions."""
    if kind_of(net) == 'basic':
        return [(width, 3, stride), (width, 3, 1)]
    # The paper strides in the first 1x1, torchvision in the 3x3.
    first, second = (1, stride) if net.get('form') == 'pytorch' else (stride, 1)
    return [(width, 1, first), (width, 3, second), (width * EXPANSION['bottleneck'], 1, 1)]


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
    """y = relu(F(x) + gain * S(x)); a plain net is one whose gains are 0."""

    def __init__(self, channels, width, stride, net, gain):
        super().__init__()
        out = width * EXPANSION[kind_of(net)]
        layers = layers_of(net, width, stride)
        self.depth, self.gain = len(layers), gain
        before = channels
        for nth, (after, kernel, step) in enumerate(layers, 1):
            setattr(self, f'conv{nth}', conv(net, before, after, kernel, step))
            setattr(self, f'bn{nth}', nn.BatchNorm2d(after))
            before = after
        changes = stride != 1 or channels != out
        if net['option'] == 'C' or (net['option'] == 'B' and changes):
            self.downsample = nn.Sequential(conv(net, channels, out, 1, stride), nn.BatchNorm2d(out))
        else:
            self.downsample = Pad(out, stride) if changes else nn.Identity()

    def forward(self, x):
        y = x
        for nth in range(1, self.depth + 1):
            y = getattr(self, f'bn{nth}')(getattr(self, f'conv{nth}')(y))
            if nth < self.depth:
                y = F.relu(y)
        # A shortcut that is cut is not computed: its projection has no gradient, and SGD lets it rest.
        return F.relu(y if self.gain == 0 else y + self.gain * self.downsample(x))


class ResNet(Net):
    """Named as torchvision's. Images below 64 pixels a side are neither strided over nor pooled before the stages."""

    def __init__(self, net, size, classes):
        super().__init__()
        self.choices = net.get('choices', {})
        width, is_large = net['width'], is_imagenet(net) and size >= 64
        self.conv1 = conv(net, 3, width, 7 if is_imagenet(net) else 3, 2 if is_large else 1)
        self.bn1 = nn.BatchNorm2d(width)
        self.pool = nn.MaxPool2d(3, 2, 1) if is_large else nn.Identity()
        channels, gains = width, iter(net['gains'])
        self.stages = [f'layer{stage}' for stage, _ in enumerate(blocks_of(net), 1)]
        for stage, count in enumerate(blocks_of(net)):
            blocks = []
            for index in range(count):
                stride = 2 if stage > 0 and index == 0 else 1
                blocks.append(Block(channels, width * 2**stage, stride, net, next(gains)))
                channels = width * 2**stage * EXPANSION[kind_of(net)]
            setattr(self, self.stages[stage], nn.Sequential(*blocks))
        self.fc = nn.Linear(channels, classes)

    @property
    def blocks(self):
        return [block for stage in self.stages for block in getattr(self, stage)]

    def choose_start(self):
        nn.init.constant_(self.bn1.bias, self.choices.get('shift', 0))
        for block in self.blocks:
            for nth in range(1, block.depth + 1):
                norm = getattr(block, f'bn{nth}')
                nn.init.constant_(norm.bias, self.choices.get('shift', 0))
                if 'start' in self.choices:
                    draw_start(getattr(block, f'conv{nth}').weight, self.choices['start'])
            nn.init.constant_(norm.weight, self.choices.get('lastScale', 1))

    def forward(self, x):
        x = self.pool(F.relu(self.bn1(self.conv1(x))))
        for block in self.blocks:
            x = block(x)
        return self.fc(x.mean((2, 3)))


NETS[None] = NETS['imagenet'] = ResNet
