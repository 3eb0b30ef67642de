class AlexNet(Net):
    """The paper's has two groups of filters and normalises responses. Images below 64 pixels a side are not strided over."""

    def __init__(self, net, size, classes):
        super().__init__()
        is_paper, is_large = net['form'] == 'paper', size >= 64
        halves = 2 if is_paper else 1
        layers, channels = [], 3
        for nth, count in enumerate(ALEXNET_CHANNELS[net['form']], 1):
            out = halves * scaled(count / halves, net)
            kernel = {1: 11, 2: 5}.get(nth, 3)
            stride, padding = ((4, 2) if is_large else (1, 5)) if nth == 1 else (1, kernel // 2)
            groups = halves if nth in (2, 4, 5) else 1
            layers += [nn.Conv2d(channels, out, kernel, stride, padding, groups=groups), nn.ReLU()]
            size = (size + 2 * padding - kernel) // stride + 1
            if nth <= 2 and is_paper:
                # PyTorch divides alpha by the number of neighbours.
                layers.append(nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2))
            if (nth == 1 and is_large) or nth in (2, 5):
                layers.append(nn.MaxPool2d(3, 2))
                size = (size - 3) // 2 + 1
            channels = out
        self.features = nn.Sequential(*layers)
        hidden = scaled(4096, net)
        self.classifier = nn.Sequential(
            *[nn.Dropout(0.5), nn.Linear(channels * size * size, hidden), nn.ReLU()],
            *[nn.Dropout(0.5), nn.Linear(hidden, hidden), nn.ReLU()],
            nn.Linear(hidden, classes),
        )

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


NETS['alexnet'] = AlexNet
