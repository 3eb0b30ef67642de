class Layer(nn.Module):
    """A convolution and a ReLU: with a bias as in the paper, or batch-normalised as torchvision has it."""

    def __init__(self, net, channels, out, kernel, stride=1):
        super().__init__()
        is_paper = net['form'] == 'paper'
        self.conv = nn.Conv2d(channels, out, kernel, stride, kernel // 2, bias=is_paper)
        self.bn = nn.Identity() if is_paper else nn.BatchNorm2d(out)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class Inception(nn.Module):
    """Four branches side by side. torchvision's has a 3x3 where the paper has a 5x5."""

    def __init__(self, net, channels, filters):
        super().__init__()
        one, reduce3, three, reduce5, five, pooled = (scaled(count, net) for count in filters)
        large = 5 if net['form'] == 'paper' else 3
        self.branch1 = Layer(net, channels, one, 1)
        self.branch2 = nn.Sequential(Layer(net, channels, reduce3, 1), Layer(net, reduce3, three, 3))
        self.branch3 = nn.Sequential(Layer(net, channels, reduce5, 1), Layer(net, reduce5, five, large))
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, 1, 1), Layer(net, channels, pooled, 1))
        self.out = one + three + five + pooled

    def forward(self, x):
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], 1)


class GoogLeNet(Net):
    """Named as torchvision's. Images below 64 pixels a side are neither strided over nor pooled before the second layer."""

    def __init__(self, net, size, classes):
        super().__init__()
        is_paper, is_large = net['form'] == 'paper', size >= 64
        first, second = scaled(64, net), scaled(192, net)
        self.conv1 = Layer(net, 3, first, 7, 2 if is_large else 1)
        self.conv2 = Layer(net, first, first, 1)
        self.conv3 = Layer(net, first, second, 3)
        self.pool1 = nn.MaxPool2d(3, 2, ceil_mode=True) if is_large else nn.Identity()
        self.pool = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.pool4 = self.pool if is_paper else nn.MaxPool2d(2, 2, ceil_mode=True)
        # PyTorch divides alpha by the number of neighbours.
        self.responses = nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2) if is_paper else nn.Identity()
        channels = second
        for name, filters in INCEPTIONS.items():
            module = Inception(net, channels, filters)
            setattr(self, f'inception{name}', module)
            channels = module.out
        self.dropout = nn.Dropout(0.4 if is_paper else 0.2)
        self.fc = nn.Linear(channels, classes)

    def forward(self, x):
        x = self.responses(self.pool1(self.conv1(x)))
        x = self.pool(self.responses(self.conv3(self.conv2(x))))
        for name in INCEPTIONS:
            x = getattr(self, f'inception{name}')(x)
            if name == '3b':
                x = self.pool(x)
            if name == '4e':
                x = self.pool4(x)
        return self.fc(self.dropout(x.mean((2, 3))))


NETS['googlenet'] = GoogLeNet
