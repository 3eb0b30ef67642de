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


@keras.saving.register_keras_serializable()
class Start(keras.initializers.Initializer):
    """First weights [kernel, kernel, in, out] of another kind than He's."""

    def __init__(self, start):
        self.start = start

    def __call__(self, shape, dtype=None):
        orthogonal = keras.initializers.Orthogonal(math.sqrt(2))
        if self.start['type'] == 'orthogonal':
            return orthogonal(shape, dtype=dtype)
        rows, columns, channels, out = shape
        edges = [((rows - 1) // 2, rows // 2), ((columns - 1) // 2, columns // 2), (0, 0), (0, 0)]
        if self.start['type'] == 'delta-orthogonal':
            return ops.pad(orthogonal((1, 1, channels, out), dtype=dtype), edges)
        identity = ops.reshape(ops.eye(channels, out, dtype=dtype), (1, 1, channels, out))
        return self.start['share'] * he()(shape, dtype=dtype) + ops.pad(identity, edges)

    def get_config(self):
        return {'start': self.start}


def resnet_conv(x, net, channels, kernel, stride, name, start=None):
    """With as many zeros on every side on ImageNet; else such that an odd one is at the far edge."""
    return conv(x, channels, kernel, stride, name, edge=kernel // 2 if is_imagenet(net) else None, bias=False, start=start)


@keras.saving.register_keras_serializable()
class Pad(layers.Layer):
    """Option A where the shape changes: every second pixel, and zeros in the new channels."""

    def __init__(self, channels, stride, **options):
        super().__init__(**options)
        self.channels, self.stride = channels, stride

    def call(self, x):
        x = x[:, :: self.stride, :: self.stride, :]
        return ops.pad(x, [(0, 0), (0, 0), (0, 0), (0, self.channels - x.shape[-1])])


@keras.saving.register_keras_serializable()
class Join(layers.Layer):
    """F(x) + gain * S(x); a plain net is one whose gains are 0."""

    def __init__(self, gain, **options):
        super().__init__(**options)
        self.first_gain = gain

    def build(self, shapes):
        self.gain = self.add_weight(
            shape=(), initializer=keras.initializers.Constant(self.first_gain), trainable=False, name='gain'
        )

    def call(self, inputs):
        branch, shortcut = inputs
        return branch + self.gain * shortcut


def layers_of(net, width, stride):
    """Channels, kernel and stride of a block's convolutions."""
    if kind_of(net) == 'basic':
        return [(width, 3, stride), (width, 3, 1)]
    # The paper strides in the first 1x1, torchvision in the 3x3.
    first, second = (1, stride) if net.get('form') == 'pytorch' else (stride, 1)
    return [(width, 1, first), (width, 3, second), (width * EXPANSION['bottleneck'], 1, 1)]


def block(x, prefix, width, stride, net, gain):
    out = width * EXPANSION[kind_of(net)]
    convolutions = layers_of(net, width, stride)
    choices = net.get('choices', {})
    y = x
    for nth, (channels, kernel, step) in enumerate(convolutions, 1):
        start = Start(choices['start']) if 'start' in choices else None
        scale = choices.get('lastScale', 1) if nth == len(convolutions) else 1
        y = resnet_conv(y, net, channels, kernel, step, f'{prefix}-conv{nth}', start)
        y = norm(y, f'{prefix}-bn{nth}', scale, choices.get('shift', 0))
        if nth < len(convolutions):
            y = ops.relu(y)
    changes = stride != 1 or x.shape[-1] != out
    if net['option'] == 'C' or (net['option'] == 'B' and changes):
        x = norm(resnet_conv(x, net, out, 1, stride, f'{prefix}-downsample-0'), f'{prefix}-downsample-1')
    elif changes:
        x = Pad(out, stride, name=f'{prefix}-pad')(x)
    return ops.relu(Join(gain, name=f'{prefix}-join')([y, x]))


def resnet(images, net, size, classes):
    """Images below 64 pixels a side are neither strided over nor pooled before the stages."""
    is_large = is_imagenet(net) and size >= 64
    x = resnet_conv(images, net, net['width'], 7 if is_imagenet(net) else 3, 2 if is_large else 1, 'conv1')
    x = ops.relu(norm(x, 'bn1', shift=net.get('choices', {}).get('shift', 0)))
    x = max_pool(x, 3, 2, edge=1) if is_large else x
    gains = iter(net['gains'])
    for stage, count in enumerate(blocks_of(net)):
        for index in range(count):
            stride = 2 if stage > 0 and index == 0 else 1
            x = block(x, f'layer{stage + 1}-{index}', net['width'] * 2**stage, stride, net, next(gains))
    return dense(ops.mean(x, axis=(1, 2)), classes, 'fc')


NETS[None] = NETS['imagenet'] = resnet
