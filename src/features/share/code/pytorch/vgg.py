class Vgg(Net):
    """Named as torchvision's. For images below 32 pixels a side the first stages are not pooled."""

    def __init__(self, net, size, classes):
        super().__init__()
        layers, channels = [], 3
        pools = min(5, size.bit_length() - 1)
        for stage, count in enumerate(VGG_LAYERS[net['depth']]):
            out = scaled(VGG_CHANNELS[stage], net)
            for _ in range(count):
                layers.append(nn.Conv2d(channels, out, 3, padding=1))
                layers += [nn.BatchNorm2d(out)] if net['norm'] else []
                layers.append(nn.ReLU())
                channels = out
            if stage >= 5 - pools:
                layers.append(nn.MaxPool2d(2))
                size //= 2
        self.features = nn.Sequential(*layers)
        hidden = scaled(4096, net)
        self.classifier = nn.Sequential(
            *[nn.Linear(channels * size * size, hidden), nn.ReLU(), nn.Dropout(0.5)],
            *[nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(0.5)],
            nn.Linear(hidden, classes),
        )

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


NETS['vgg'] = Vgg
