def scaled(channels, net):
    """Channels in a net of its width where the net of width 64 has `channels`."""
    return max(1, math.floor(channels * net['width'] / 64 + 0.5))
