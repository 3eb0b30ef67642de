def vgg(x, net, size, classes):
    """For images below 32 pixels a side the first stages are not pooled."""
    at = 0
    pools = min(5, size.bit_length() - 1)
    for stage, count in enumerate(VGG_LAYERS[net['depth']]):
        for _ in range(count):
            x = conv(x, scaled(VGG_CHANNELS[stage], net), 3, 1, f'features-{at}', edge=1)
            if net['norm']:
                x = norm(x, f'features-{at + 1}')
            x = ops.relu(x)
            # torchvision counts every layer, also those without weights.
            at += 3 if net['norm'] else 2
        if stage >= 5 - pools:
            x = max_pool(x, 2, 2)
            at += 1
    x = flatten(x)
    for name in ('classifier-0', 'classifier-3'):
        x = layers.Dropout(0.5)(ops.relu(dense(x, scaled(4096, net), name)))
    return dense(x, classes, 'classifier-6')


NETS['vgg'] = vgg
