# Plain and residual nets (He et al. 2015, section 4.2, and the ImageNet nets of table 1)

LAYERS_PER_BLOCK = {'basic': 2, 'bottleneck': 3}
EXPANSION = {'basic': 1, 'bottleneck': 4}
IMAGENET_BLOCKS = {18: [2, 2, 2, 2], 34: [3, 4, 6, 3], 50: [3, 4, 6, 3], 101: [3, 4, 23, 3], 152: [3, 8, 36, 3]}

# What stands before and behind each convolution, behind the last, behind the sum, and behind the last block
# (He et al. 2016, figure 4, and the original)
ORDERS = {
    None: ([], ['norm', 'relu'], ['norm'], ['relu'], []),
    'norm-after-sum': ([], ['norm', 'relu'], [], ['norm', 'relu'], []),
    'relu-before-sum': ([], ['norm', 'relu'], ['norm', 'relu'], [], []),
    'relu-only-pre-activation': (['relu'], ['norm'], ['norm'], [], ['relu']),
    'pre-activation': (['norm', 'relu'], [], [], [], ['norm', 'relu']),
}


def is_imagenet(net):
    return net.get('design') == 'imagenet'


def kind_of(net):
    return ('bottleneck' if net['depth'] >= 50 else 'basic') if is_imagenet(net) else net['block']


def blocks_of(net):
    """How many blocks each stage has."""
    if is_imagenet(net):
        return IMAGENET_BLOCKS[net['depth']]
    return [(net['depth'] - 2) // span_of(net) // 3] * 3


def span_of(net):
    """How many convolutions a block has."""
    if choices_of(net).get('shortcut', {}).get('type') == 'dense':
        return 1
    return choices_of(net).get('span', LAYERS_PER_BLOCK[kind_of(net)])


def choices_of(net):
    return net.get('choices', {})


def has_norms(net):
    """Whether there are norms; without them the convolutions have biases."""
    return choices_of(net).get('norm') != {'type': 'none'}


def layers_of(net, width, stride):
    """Channels, kernel and stride of a block's convolutions."""
    if kind_of(net) == 'basic':
        return [(width, 3, stride)] + [(width, 3, 1)] * (span_of(net) - 1)
    # The paper strides in the first 1x1, torchvision in the 3x3.
    first, second = (1, stride) if net.get('form') == 'pytorch' else (stride, 1)
    return [(width, 1, first), (width, 3, second), (width * EXPANSION['bottleneck'], 1, 1)]
