"""
A contender of the benchmarks: the same training step in PyTorch, one line of JSON in, one out.

The first line in is {nodes, weights, images, labels, batch, size, rate, momentum, device, compile, threads}: the net
as src/core/net/graph.ts has it, its first weights and the batch, flat, in the engine's layouts. Each further line is a
number of steps to run in a row, answered by {loss, ms}: the last one's loss, and the time of each.
"""

import json
import sys
import time

import torch
import torch.nn.functional as F

EPSILON = 1e-5


def tensor(values, shape, device):
    return torch.tensor(values, dtype=torch.float32, device=device).reshape(shape)


def make_parameters(weights, device):
    parameters = {}
    for weight in weights:
        value = tensor(weight['values'], weight['shape'], device)
        if value.dim() == 4:
            value = value.permute(3, 2, 0, 1).contiguous(memory_format=torch.channels_last)
        parameters[weight['name']] = value.requires_grad_()
    return parameters


def convolve(x, weight, stride):
    """The engine pads an odd pixel at the bottom and right: for a stride of 2 that is not PyTorch's padding."""
    kernel = weight.shape[2]
    if stride == 1:
        return F.conv2d(x, weight, padding=kernel // 2)
    total = max(kernel - stride, 0) if x.shape[2] % stride == 0 else max(kernel - x.shape[2] % stride, 0)
    before = total // 2
    return F.conv2d(F.pad(x, (before, total - before, before, total - before)), weight, stride=stride)


def forward(nodes, parameters, images):
    """Logits [N, classes] of images [N, 3, size, size]."""
    values = {'input': images}
    for node in nodes:
        name, op = node['name'], node['op']
        if op == 'conv':
            values[name] = convolve(values[node['input']], parameters[name + '.weight'], node['stride'])
        elif op == 'norm':
            scale, shift = parameters[name + '.scale'], parameters[name + '.shift']
            values[name] = F.batch_norm(values[node['input']], None, None, scale, shift, training=True, eps=EPSILON)
        elif op == 'relu':
            values[name] = F.relu(values[node['input']])
        elif op == 'add':
            values[name] = values[node['branch']] + values[node['shortcut']]
        elif op == 'pool':
            values[name] = values[node['input']].mean((2, 3))
        elif op == 'dense':
            values[name] = values[node['input']] @ parameters[name + '.weight'] + parameters[name + '.bias']
    return values[nodes[-1]['name']]


def main():
    task = json.loads(sys.stdin.readline())
    device = task['device']
    torch.set_num_threads(task['threads'])
    parameters = make_parameters(task['weights'], device)
    images = tensor(task['images'], (task['batch'], task['size'], task['size'], 3), device).permute(0, 3, 1, 2)
    images = images.contiguous(memory_format=torch.channels_last)
    labels = torch.tensor(task['labels'], dtype=torch.int64, device=device)
    optimizer = torch.optim.SGD(list(parameters.values()), task['rate'], task['momentum'])

    def loss_of():
        return F.cross_entropy(forward(task['nodes'], parameters, images), labels)

    compute = torch.compile(loss_of) if task['compile'] else loss_of
    where = torch.cuda.get_device_name() if device == 'cuda' else str(torch.get_num_threads()) + ' thread'
    print(json.dumps({'detail': 'PyTorch ' + torch.__version__ + ', ' + where}), flush=True)
    for line in sys.stdin:
        count = int(line)
        begun = time.perf_counter()
        for _ in range(count):
            optimizer.zero_grad()
            loss = compute()
            loss.backward()
            optimizer.step()
        value = loss.item()
        if device == 'cuda':
            torch.cuda.synchronize()
        print(json.dumps({'loss': value, 'ms': 1000 * (time.perf_counter() - begun) / count}), flush=True)


main()
