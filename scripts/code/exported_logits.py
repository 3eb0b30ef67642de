"""
What exported files make of exported weights: used by exported.test.ts beside it.

    python3 exported_logits.py < cases

The cases are JSON: [{code, weights, classes, size, images}], the images [N, size, size, 3] as base64 of float32. Prints
the logits of the first net of each experiment as JSON. A case whose file needs a library that is not there gives null.
"""

import base64
import importlib.util
import json
import sys

import numpy as np


def logits(nth, case):
    spec = importlib.util.spec_from_file_location(f'exported{nth}', case['code'])
    exported = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(exported)
    except ModuleNotFoundError:
        return None
    net, classes, size = exported.EXPERIMENT['lanes'][0]['net'], case['classes'], case['size']
    images = np.frombuffer(base64.b64decode(case['images']), '<f4').reshape(-1, size, size, 3)
    if hasattr(exported, 'build'):
        model = exported.build(net, size, classes)
        exported.load_weights(model, case['weights'])
        return model.predict(images, verbose=0).tolist()
    model = exported.make_net(net, size, classes)
    exported.load_weights(model, case['weights'])
    model.eval()
    with exported.torch.no_grad():
        return model(exported.torch.from_numpy(images.transpose(0, 3, 1, 2).copy())).tolist()


print(json.dumps([logits(nth, case) for nth, case in enumerate(json.load(sys.stdin))]))
