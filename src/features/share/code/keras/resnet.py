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
    edge = kernel // 2 if is_imagenet(net) else None
    return conv(x, channels, kernel, stride, name, edge=edge, bias=not has_norms(net), start=start)


def finished(x, net, parts, name, scale=1, shift=0):
    """Norms, which have this name, and ReLUs."""
    for part in parts:
        if part == 'relu':
            slope = choices_of(net).get('slope', 0)
            # A zero has no gradient, as in the page; behind leaky_relu it has one in JAX.
            x = ops.leaky_relu(x, slope) if slope else ops.relu(x)
        elif has_norms(net):
            x = norm(x, name, scale, shift, choices_of(net).get('norm', {}).get('groups'))
    return x


@keras.saving.register_keras_serializable()
class Pad(layers.Layer):
    """Option A where the shape changes: zeros in the new channels and, with a stride of 2, every second pixel."""

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


@keras.saving.register_keras_serializable()
class DropBranch(layers.Layer):
    """Leaves a branch out in this share of the steps, and counts its mean in evaluation."""

    def __init__(self, rate, **options):
        super().__init__(**options)
        self.rate = rate
        self.seed = keras.random.SeedGenerator()

    def call(self, x, training=False):
        if not training:
            return (1 - self.rate) * x
        return x * ops.cast(keras.random.uniform((), seed=self.seed) >= self.rate, x.dtype)


@keras.saving.register_keras_serializable()
class Factor(layers.Layer):
    """x times one learned number."""

    def __init__(self, start, **options):
        super().__init__(**options)
        self.start = start

    def build(self, shape):
        self.factor = self.add_weight(
            shape=(1,), initializer=keras.initializers.Constant(self.start), regularizer=decay(), name='factor'
        )

    def call(self, x):
        return self.factor * x


def start_of(net, is_last, layers):
    """The first weights of a branch's convolution; None for He's."""
    start = choices_of(net).get('start')
    if start is None or start['type'] != 'fixup':
        return None if start is None else Start(start)
    blocks = sum(blocks_of(net))
    scale = 0 if is_last else 2 * blocks ** (-1 / (layers - 1))
    return keras.initializers.VarianceScaling(scale, 'fan_in', 'untruncated_normal') if scale else 'zeros'


def rep_branches(x, prefix, channels, stride, net):
    """Beside a 3x3 convolution with its norm a 1x1 with a norm and, where the shape stays, a norm alone (RepVGG)."""
    y = norm(resnet_conv(x, net, channels, 1, stride, f'{prefix}-conv'), f'{prefix}-norm')
    stays = stride == 1 and x.shape[-1] == channels
    return y + norm(x, f'{prefix}-identity') if stays else y


def block(x, prefix, width, stride, net, gain, nth_block):
    out = width * EXPANSION[kind_of(net)]
    convolutions = layers_of(net, width, stride)
    choices = choices_of(net)
    before, behind, last, behind_sum, _ = ORDERS[choices.get('order')]
    shift = choices.get('shift', 0)
    y = entered = x
    for nth, (channels, kernel, step) in enumerate(convolutions, 1):
        is_last = nth == len(convolutions)
        name, scale = f'{prefix}-bn{nth}', choices.get('lastScale', 1) if is_last else 1
        y = finished(y, net, before, name, scale, shift)
        start = start_of(net, is_last, len(convolutions))
        beside = rep_branches(y, f'{prefix}-rep{nth}', channels, step, net) if choices.get('rep') else None
        y = resnet_conv(y, net, channels, kernel, step, f'{prefix}-conv{nth}', start)
        parts = last if is_last else behind
        if beside is not None:
            y = norm(y, name, shift=shift) + beside
            parts = [part for part in parts if part != 'norm']
        y = finished(y, net, parts, name, scale, shift)
    changes = stride != 1 or x.shape[-1] != out
    if net['option'] == 'C' or (net['option'] == 'B' and changes):
        x = resnet_conv(x, net, out, 1, stride, f'{prefix}-downsample-0')
        x = finished(x, net, ['norm'], f'{prefix}-downsample-1')
    elif changes:
        x = Pad(out, stride, name=f'{prefix}-pad')(x)
    shortcut = choices.get('shortcut', {})
    if shortcut.get('type') == 'concat':
        y = resnet_conv(ops.concatenate([y, x], axis=-1), net, out, 1, 1, f'{prefix}-mix-0')
        return finished(y, net, ['norm', 'relu'], f'{prefix}-mix-1')
    if choices.get('drop', 0) > 0:
        y = DropBranch(choices['drop'] * nth_block / sum(blocks_of(net)))(y)
    if shortcut.get('type') == 'highway':
        start = keras.initializers.VarianceScaling(1, 'fan_in', 'untruncated_normal')
        gate = conv(entered, out, 1, stride, f'{prefix}-gate', start=start, bias_start=shortcut['bias'])
        share, rectified = ops.sigmoid(gate), finished(y, net, ['relu'], None)
        both = Join(gain, name=f'{prefix}-join')([share * rectified, (1 - share) * x])
        return both
    if shortcut.get('type') == 'dropout':
        x = layers.Dropout(shortcut['rate'])(x)
    if shortcut.get('type') == 'scalar':
        y = Factor(shortcut['start'], name=f'{prefix}-factor')(y)
    y = Join(gain, name=f'{prefix}-join')([y, x])
    return finished(y, net, behind_sum, f'{prefix}-bn{len(convolutions)}', shift=shift)


def dense_net(images, net, classes):
    """Dense connections inside the stages (Huang et al. 2017, without bottlenecks)."""
    choices = choices_of(net)
    shift, growth = choices.get('shift', 0), choices['shortcut']['growth']
    x = resnet_conv(images, net, net['width'], 3, 1, 'conv1')
    for stage, count in enumerate(blocks_of(net)):
        if stage > 0:
            name = f'transition{stage}'
            y = finished(x, net, ['norm', 'relu'], f'{name}-bn', shift=shift)
            y = resnet_conv(y, net, x.shape[-1] // 2, 1, 1, f'{name}-conv')
            x = layers.AveragePooling2D(2)(y)
        for index in range(count):
            name = f'layer{stage + 1}-{index}'
            y = finished(x, net, ['norm', 'relu'], f'{name}-bn1', shift=shift)
            y = resnet_conv(y, net, growth, 3, 1, f'{name}-conv1', start_of(net, False, 1))
            x = ops.concatenate([x, y], axis=-1)
    x = finished(x, net, ['norm', 'relu'], 'bn2')
    return dense(ops.mean(x, axis=(1, 2)), classes, 'fc')


def resnet(images, net, size, classes):
    """Images below 64 pixels a side are neither strided over nor pooled before the stages."""
    is_large = is_imagenet(net) and size >= 64
    choices = choices_of(net)
    if choices.get('shortcut', {}).get('type') == 'dense':
        return dense_net(images, net, classes)
    x = resnet_conv(images, net, net['width'], 7 if is_imagenet(net) else 3, 2 if is_large else 1, 'conv1')
    x = finished(x, net, ['norm', 'relu'], 'bn1', shift=choices.get('shift', 0))
    x = max_pool(x, 3, 2, edge=1) if is_large else x
    gains, nth_block = iter(net['gains']), 0
    for stage, count in enumerate(blocks_of(net)):
        for index in range(count):
            stride = 2 if stage > 0 and index == 0 else 1
            nth_block += 1
            x = block(x, f'layer{stage + 1}-{index}', net['width'] * 2**stage, stride, net, next(gains, 1), nth_block)
    x = finished(x, net, ORDERS[choices.get('order')][4], 'bn2')
    start = 'zeros' if choices.get('start', {}).get('type') == 'fixup' else None
    return dense(ops.mean(x, axis=(1, 2)), classes, 'fc', start)


NETS[None] = NETS['imagenet'] = resnet
