"""
What the exchange of weights is tested against: small nets made of torchvision's own blocks, with weights and running
statistics drawn by PyTorch, as src/engine/exchange/goldens/NAME.safetensors.

    python3 scripts/goldens_weights.py

needs a Python with PyTorch and torchvision (on Debian: apt install python3-torchvision, and /usr/bin/python3). The
files are committed. Beside the state_dict, each file has in its metadata, as JSON: `net` (a NetSpec of
src/spec/net.ts), `size`, `classes`, `batch`, and `logits` [batch][classes] in evaluation on images drawn as
scripts/goldens.py draws them. One file holds its tensors as float16, one as bfloat16; its logits are those of the
rounded weights.
"""

import json
import struct
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn
from torchvision.models.resnet import BasicBlock, Bottleneck

from goldens import normal_tensor

TARGET = Path(__file__).parent.parent / 'src' / 'engine' / 'exchange' / 'goldens'
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
    TARGET.mkdir(exist_ok=True)
    write(TARGET / f'{name}.safetensors', stored, {key: json.dumps(value) for key, value in facts.items()})


record('resnet-8-a', 8, 'basic', 'A', torch.float32)
record('resnet-14-b-half', 14, 'basic', 'B', torch.float16)
record('resnet-8-c-bfloat', 8, 'basic', 'C', torch.bfloat16)
record('resnet-11-bottleneck-b', 11, 'bottleneck', 'B', torch.float32)
