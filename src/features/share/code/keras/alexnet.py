def alexnet(x, net, size, classes):
    """The paper's has two groups of filters and normalises responses. Images below 64 pixels a side are not strided over."""
    is_paper, is_large = net['form'] == 'paper', size >= 64
    halves = 2 if is_paper else 1
    at = 0
    for nth, count in enumerate(ALEXNET_CHANNELS[net['form']], 1):
        kernel = {1: 11, 2: 5}.get(nth, 3)
        stride, edge = ((4, 2) if is_large else (1, 5)) if nth == 1 else (1, kernel // 2)
        groups = halves if nth in (2, 4, 5) else 1
        out = halves * scaled(count / halves, net)
        x = ops.relu(conv(x, out, kernel, stride, f'features-{at}', edge=edge, groups=groups))
        # torchvision counts every layer, also those without weights.
        at += 2
        if nth <= 2 and is_paper:
            x = responses(x)
            at += 1
        if (nth == 1 and is_large) or nth in (2, 5):
            x = max_pool(x, 3, 2)
            at += 1
    x = flatten(x)
    for name in ('classifier-1', 'classifier-4'):
        x = ops.relu(dense(layers.Dropout(0.5)(x), scaled(4096, net), name))
    return dense(x, classes, 'classifier-6')


NETS['alexnet'] = alexnet
