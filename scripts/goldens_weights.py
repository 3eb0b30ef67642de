"""
What the exchange of weights is tested against: small nets made of torchvision's own blocks, with weights and running
statistics drawn by PyTorch, as src/engine/state-dict/goldens/NAME.safetensors.

    python3 scripts/goldens_weights.py

needs a Python with PyTorch and torchvision (on Debian: apt install python3-torchvision, and /usr/bin/python3). The
files are committed. Beside the state_dict, each file has in its metadata, as JSON: `net` (a NetSpec of
src/core/net/net.ts), `size`, `classes`, `batch`, and `logits` [batch][classes] in evaluation on images drawn as
scripts/goldens.py draws them. One file holds its tensors as float16, one as bfloat16; its logits are those of the
rounded weights.

Beside them, from torchvision alone: `names.json`, the names and shapes of its nets' state_dicts, without the counters of
batches; and in folder `family` its AlexNet, VGG-16 with normalisations and GoogLeNet with its heads
for training, all of them narrow, on images drawn as scripts/goldens_family.py draws them. There the first dense layer
is made for the map that there is, which torchvision would average to another size.
"""

import json
import struct
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn
from torchvision import models
from torchvision.models.resnet import BasicBlock, Bottleneck

from goldens import normal_tensor
from goldens_family import float32, narrow, other, scaled, uniforms, vgg

TARGET = Path(__file__).parent.parent / 'src' / 'engine' / 'state-dict' / 'goldens'
SIZE, CLASSES, BATCH = 8, 4, 3
DTYPES = {torch.float32: 'F32', torch.float16: 'F16', torch.bfloat16: 'BF16', torch.int64: 'I64'}


class Pad(nn.Module):
    """Option A: every second pixel, and zeros in the new channels."""

    def __init__(self, stride, channels):
        super().__init__()
        self.stride, self.channels = stride, channels

    def forward(self, x):
        x = x[:, :, :: self.stride, :: self.stride]
        return F.pad(x, (0, 0, 0, 0, 0, self.channels - x.shape[1]))


class Net(nn.Module):
    def __init__(self, width, blocks, block, option):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        channels = width
        for stage in range(3):
            layers = []
            for index in range(blocks):
                stride = 2 if stage > 0 and index == 0 else 1
                planes = width * 2**stage
                wide = planes * block.expansion
                changes = stride != 1 or channels != wide
                downsample = None
                if option == 'C' or (option == 'B' and changes):
                    projection = nn.Conv2d(channels, wide, 1, stride, bias=False)
                    downsample = nn.Sequential(projection, nn.BatchNorm2d(wide))
                elif changes:
                    downsample = Pad(stride, wide)
                made = block(channels, planes, stride, downsample)
                if block is Bottleneck:
                    # The paper has the stride in the first convolution, torchvision in the second.
                    made.conv1.stride, made.conv2.stride = (stride, stride), (1, 1)
                for conv in (made.conv1, made.conv2):
                    if conv.stride == (2, 2) and conv.kernel_size == (3, 3):
                        # The engine pads for ceil(side / 2): of an even side, the bottom and the right.
                        conv.padding = (0, 0)
                        conv.register_forward_pre_hook(lambda _, x: (F.pad(x[0], (0, 1, 0, 1)),))
                layers.append(made)
                channels = wide
            setattr(self, f'layer{stage + 1}', nn.Sequential(*layers))
        self.fc = nn.Linear(channels, CLASSES)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.fc(x.mean((2, 3)))


def write(path, tensors, metadata):
    header, blobs, offset = {'__metadata__': metadata}, [], 0
    for name, tensor in tensors.items():
        tensor = tensor.contiguous()
        blob = bytes(tensor.view(torch.uint8).numpy().tobytes()) if tensor.dim() else tensor.numpy().tobytes()
        header[name] = {
            'dtype': DTYPES[tensor.dtype],
            'shape': list(tensor.shape),
            'data_offsets': [offset, offset + len(blob)],
        }
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack('<Q', len(text)) + text + b''.join(blobs))


def record(name, depth, block, option, dtype):
    torch.manual_seed(7)
    kind = {'basic': BasicBlock, 'bottleneck': Bottleneck}[block]
    blocks = (depth - 2) // {'basic': 6, 'bottleneck': 9}[block]
    net = Net(4, blocks, kind, option)
    with torch.no_grad():
        for key, tensor in net.state_dict().items():
            if key.endswith('running_var') or (tensor.dim() == 1 and key.endswith('.weight')):
                tensor.uniform_(0.5, 1.5)
            elif tensor.dim() == 1:
                tensor.uniform_(-0.5, 0.5)
    stored = {
        key: tensor.to(dtype) if tensor.is_floating_point() else tensor for key, tensor in net.state_dict().items()
    }
    net.load_state_dict({key: tensor.to(torch.float32) for key, tensor in stored.items()})
    net.double().eval()
    with torch.no_grad():
        images = normal_tensor('golden/images', (BATCH, SIZE, SIZE, 3))
        logits = net(images.permute(0, 3, 1, 2)).tolist()
    gains = [1] * (3 * blocks)
    spec = {'family': 'residual', 'depth': depth, 'width': 4, 'block': block, 'option': option, 'gains': gains}
    facts = {'net': spec, 'size': SIZE, 'classes': CLASSES, 'batch': BATCH, 'logits': logits}
    write(TARGET / f'{name}.safetensors', stored, {key: json.dumps(value) for key, value in facts.items()})


record('resnet-8-a', 8, 'basic', 'A', torch.float32)
record('resnet-14-b-half', 14, 'basic', 'B', torch.float16)
record('resnet-8-c-bfloat', 8, 'basic', 'C', torch.bfloat16)
record('resnet-11-bottleneck-b', 11, 'bottleneck', 'B', torch.float32)


NETS = {
    'AlexNet': models.alexnet, 'VGG-16': models.vgg16, 'VGG-19': models.vgg19, 'VGG-16 BN': models.vgg16_bn,
    'VGG-19 BN': models.vgg19_bn, 'GoogLeNet': lambda: models.googlenet(init_weights=False),
    'ResNet-18': models.resnet18, 'ResNet-34': models.resnet34, 'ResNet-50': models.resnet50,
    'ResNet-101': models.resnet101, 'ResNet-152': models.resnet152,
}


def record_names():
    nets = {
        net: {name: list(t.shape) for name, t in make().state_dict().items() if not name.endswith('_tracked')}
        for net, make in NETS.items()
    }
    (TARGET / 'names.json').write_text(json.dumps(nets, separators=(',', ':')) + '\n')


def record_family(name, net, model, size):
    torch.manual_seed(7)
    for module in model.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight)
            if module.bias is not None:
                module.bias.data.uniform_(-0.2, 0.2)
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean, module.running_var = (torch.empty(module.num_features) for _ in range(2))
            # Variances so small that what is added to them counts.
            for tensor, low, high in ((module.weight.data, 0.5, 1.5), (module.bias.data, -0.1, 0.1),
                                      (module.running_mean, -0.1, 0.1), (module.running_var, 0.01, 0.1)):
                tensor.uniform_(low, high)
            module.num_batches_tracked = torch.tensor(1)
    model.eval()
    images = float32(4 * uniforms('family/images', (2, size, size, 3)) - 2).permute(0, 3, 1, 2).contiguous()
    with torch.no_grad():
        logits = model(images.float()).tolist()
    facts = {'net': net, 'size': size, 'classes': CLASSES, 'batch': 2, 'logits': logits}
    folder = TARGET / 'family'
    write(folder / f'{name}.safetensors', model.state_dict(), {key: json.dumps(value) for key, value in facts.items()})


def narrow_alexnet(width, side):
    model = narrow(models.AlexNet(num_classes=CLASSES), width)
    model.avgpool = nn.Identity()
    wide = scaled(4096, width)
    model.classifier[1] = nn.Linear(scaled(256, width) * side**2, wide)
    model.classifier[4] = nn.Linear(wide, wide)
    model.classifier[6] = nn.Linear(wide, CLASSES)
    return model


def narrow_googlenet(width):
    model = models.GoogLeNet(num_classes=CLASSES, init_weights=False)
    model.aux1 = model.aux2 = None
    model = narrow(model, width)
    model.aux1 = nn.Sequential(nn.Linear(2, 2))
    return model


VGG = other('vgg', 16, 2, norm=True)
record_names()
record_family('alexnet', other('alexnet', 8, 2, form='pytorch'), narrow_alexnet(2, 3), 128)
record_family('vgg-16-bn', VGG, vgg(VGG, 64, CLASSES), 64)
record_family('googlenet', other('googlenet', 22, 4, form='pytorch'), narrow_googlenet(4), 64)
