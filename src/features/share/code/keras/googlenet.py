def layer(x, net, channels, kernel, name, stride=1):
    """A convolution and a ReLU: with a bias as in the paper, or batch-normalised as torchvision has it."""
    is_paper = net['form'] == 'paper'
    x = conv(x, channels, kernel, stride, f'{name}-conv', edge=kernel // 2, bias=is_paper)
    return ops.relu(x if is_paper else norm(x, f'{name}-bn'))


def inception(x, net, name):
    """Four branches side by side. torchvision's has a 3x3 where the paper has a 5x5."""
    one, reduce3, three, reduce5, five, pooled = (scaled(count, net) for count in INCEPTIONS[name])
    large = 5 if net['form'] == 'paper' else 3
    at = f'inception{name}-branch'
    branches = [
        layer(x, net, one, 1, f'{at}1'),
        layer(layer(x, net, reduce3, 1, f'{at}2-0'), net, three, 3, f'{at}2-1'),
        layer(layer(x, net, reduce5, 1, f'{at}3-0'), net, five, large, f'{at}3-1'),
        layer(max_pool(x, 3, 1, edge=1), net, pooled, 1, f'{at}4-1'),
    ]
    return ops.concatenate(branches, axis=-1)


def googlenet(x, net, size, classes):
    """Images below 64 pixels a side are neither strided over nor pooled before the second layer."""
    is_paper, is_large = net['form'] == 'paper', size >= 64
    x = layer(x, net, scaled(64, net), 7, 'conv1', 2 if is_large else 1)
    x = max_pool(x, 3, 2, ceil=True) if is_large else x
    x = responses(x) if is_paper else x
    x = layer(x, net, scaled(64, net), 1, 'conv2')
    x = layer(x, net, scaled(192, net), 3, 'conv3')
    x = responses(x) if is_paper else x
    x = max_pool(x, 3, 2, ceil=True)
    for name in INCEPTIONS:
        x = inception(x, net, name)
        if name == '3b':
            x = max_pool(x, 3, 2, ceil=True)
        if name == '4e':
            x = max_pool(x, 3 if is_paper else 2, 2, ceil=True)
    x = layers.Dropout(0.4 if is_paper else 0.2)(ops.mean(x, axis=(1, 2)))
    return dense(x, classes, 'fc')


NETS['googlenet'] = googlenet
