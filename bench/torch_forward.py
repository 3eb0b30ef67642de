"""
A contender of the benchmarks: a forward pass in PyTorch, one line of JSON in, one out.

The first line in is {nodes, arrays, batch, size, device, tf32, threads}: the net as src/core/net/node.ts has it, and the
names and shapes of its weights, of its norms' statistics [2, channels] and of the images [N, size, size, 3] (named
"images"), whose float32 values follow in that order, without anything between them. Each further line is "logits",
answered by {logits}, or a number of passes to run in a row, answered by {ms}, the time of each.
"""

import json
import sys
import time

import numpy
import torch
import torch.nn.functional as F

EPSILON = 1e-5


def read_arrays(stream, arrays, device):
    tensors = {}
    for array in arrays:
        count = int(numpy.prod(array['shape']))
        values = numpy.frombuffer(stream.read(4 * count), dtype=numpy.float32).reshape(array['shape'])
        tensor = torch.from_numpy(values.copy()).to(device)
        if array['name'] == 'images':
            tensor = tensor.permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)
        elif tensor.dim() == 4:
            tensor = tensor.permute(3, 2, 0, 1).contiguous(memory_format=torch.channels_last)
        tensors[array['name']] = tensor
    return tensors


def forward(nodes, tensors):
    """Logits [N, classes] of the images, in evaluation."""
    values = {'input': tensors['images']}
    for node in nodes:
        name, op = node['name'], node['op']
        if op == 'conv':
            weight = tensors[name + '.weight']
            values[name] = F.conv2d(values[node['input']], weight, stride=node['stride'], padding=node['padding'])
        elif op == 'norm':
            mean, variance = tensors[name + '.statistics']
            scale, shift = tensors[name + '.scale'], tensors[name + '.shift']
            values[name] = F.batch_norm(values[node['input']], mean, variance, scale, shift, eps=EPSILON)
        elif op == 'relu':
            values[name] = F.relu(values[node['input']], inplace=True)
        elif op == 'add':
            values[name] = values[node['branch']] + values[node['shortcut']]
        elif op == 'maxpool':
            values[name] = F.max_pool2d(values[node['input']], node['kernel'], node['stride'], node['padding'])
        elif op == 'pool':
            values[name] = values[node['input']].mean((2, 3))
        elif op == 'dense':
            values[name] = values[node['input']] @ tensors[name + '.weight'] + tensors[name + '.bias']
        elif op != 'input':
            raise ValueError('net: none that is compared has a ' + op)
    return values[nodes[-1]['name']]


def main():
    stream = sys.stdin.buffer
    task = json.loads(stream.readline())
    device = task['device']
    torch.set_num_threads(task['threads'])
    torch.backends.cudnn.benchmark = True
    torch.backends.cudnn.allow_tf32 = task['tf32']
    torch.backends.cuda.matmul.allow_tf32 = task['tf32']
    tensors = read_arrays(stream, task['arrays'], device)
    where = torch.cuda.get_device_name() if device == 'cuda' else str(torch.get_num_threads()) + ' thread'
    print(json.dumps({'detail': 'PyTorch ' + torch.__version__ + ', ' + where}), flush=True)
    with torch.inference_mode():
        for line in stream:
            asked = line.decode().strip()
            if asked == 'logits':
                print(json.dumps({'logits': forward(task['nodes'], tensors).flatten().tolist()}), flush=True)
                continue
            begun = time.perf_counter()
            for _ in range(int(asked)):
                logits = forward(task['nodes'], tensors)
            logits.cpu()
            print(json.dumps({'ms': 1000 * (time.perf_counter() - begun) / int(asked)}), flush=True)


main()
