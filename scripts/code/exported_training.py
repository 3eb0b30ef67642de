"""
How exported files train, and what their nets start with: used by exported.test.ts beside it.

    python3 exported_training.py < cases

The cases are JSON, of two kinds. [{code, weights, size, classes, images, labels, steps}]: the parameters and running means
of the experiment's only net behind `steps` steps from these weights, the images [N, size, size, 3] as base64 of float32.
[{code, size, classes, seeds}]: those of `seeds` nets at step 0, one behind the other. Prints as JSON, for each case, base64
of float32 by PyTorch's name and in its layout. Files whose libraries are not there raise ModuleNotFoundError.
"""

import base64
import contextlib
import importlib.util
import json
import sys

import numpy as np


def load(nth, code):
    spec = importlib.util.spec_from_file_location(f'exported{nth}', code)
    exported = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(exported)
    return exported


def keras_state(model):
    """What load_weights of the Keras file undoes: the layers' arrays by PyTorch's names and in its layout."""
    state = {}
    for layer in model.layers:
        name, arrays = layer.name.replace('-', '.'), layer.get_weights()
        kind = type(layer).__name__
        if kind == 'Conv2D':
            arrays[0] = arrays[0].transpose(3, 2, 0, 1)
        elif kind == 'Dense':
            arrays[0] = arrays[0].T
        elif kind not in ('BatchNormalization', 'GroupNormalization') and not name.endswith('.factor'):
            continue
        state.update(zip((f'{name}.{part}' for part in ('weight', 'bias', 'running_mean', 'running_var')), arrays))
    return state


def torch_state(net):
    return {name: tensor.detach().numpy() for name, tensor in net.state_dict().items()}


def trained(exported, case):
    size, steps, (lane,) = case['size'], case['steps'], exported.EXPERIMENT['lanes']
    images = np.frombuffer(base64.b64decode(case['images']), '<f4').reshape(-1, size, size, 3)
    labels = np.array(case['labels'])
    if hasattr(exported, 'build'):
        model = exported.build(lane['net'], size, case['classes'])
        exported.load_weights(model, case['weights'])
        exported.train(model, lane, images, labels, steps)
        return keras_state(model)
    torch = exported.torch
    x, y = torch.from_numpy(images.transpose(0, 3, 1, 2).copy()), torch.from_numpy(labels)
    return torch_state(exported.train(lane, x, y, case['classes'], steps, torch.device('cpu'), case['weights']))


def started(exported, case):
    net, size, classes = exported.EXPERIMENT['lanes'][0]['net'], case['size'], case['classes']
    states = []
    for seed in range(case['seeds']):
        if hasattr(exported, 'build'):
            exported.keras.utils.set_random_seed(seed)
            states.append(keras_state(exported.build(net, size, classes)))
        else:
            exported.torch.manual_seed(seed)
            states.append(torch_state(exported.make_net(net, size, classes)))
    return {name: np.stack([state[name] for state in states]) for name in states[0]}


def told(nth, case):
    exported = load(nth, case['code'])
    state = started(exported, case) if 'seeds' in case else trained(exported, case)
    return {name: base64.b64encode(array.astype('<f4').tobytes()).decode() for name, array in state.items()}


with contextlib.redirect_stdout(sys.stderr):
    answers = [told(nth, case) for nth, case in enumerate(json.load(sys.stdin))]
print(json.dumps(answers))
