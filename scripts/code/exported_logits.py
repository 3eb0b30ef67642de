"""
What exported files make of exported weights: used by exported.test.ts beside it.

    python3 exported_logits.py < cases

The cases are JSON: [{code, lane, weights, classes, size, images, bytes}], the images [N, size, size, 3] as base64 of float32,
the bytes [N, 8, 8, 3]. Prints as JSON, for each, the logits of the experiment's net of that name, and the bytes as the file
normalises them where they are what it trains on. A case whose file needs a library that is not there gives null.
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
    (net,) = [lane['net'] for lane in exported.EXPERIMENT['lanes'] if lane['name'] == case['lane']]
    classes, size = case['classes'], case['size']
    images = np.frombuffer(base64.b64decode(case['images']), '<f4').reshape(-1, size, size, 3)
    pixels = np.frombuffer(base64.b64decode(case['bytes']), np.uint8).reshape(-1, 8, 8, 3).astype('float32')
    if hasattr(exported, 'build'):
        model = exported.build(net, size, classes)
        exported.load_weights(model, case['weights'])
        train, _ = exported.normalised(pixels, pixels)
        return {'logits': model.predict(images, verbose=0).tolist(), 'normalised': train.reshape(-1).tolist()}
    model = exported.make_net(net, size, classes)
    exported.load_weights(model, case['weights'])
    model.eval()
    torch = exported.torch
    train, _ = exported.normalised(*2 * [torch.from_numpy(pixels.transpose(0, 3, 1, 2).copy())])
    with torch.no_grad():
        told = model(torch.from_numpy(images.transpose(0, 3, 1, 2).copy()))
    return {'logits': told.tolist(), 'normalised': train.permute(0, 2, 3, 1).reshape(-1).tolist()}


print(json.dumps([logits(nth, case) for nth, case in enumerate(json.load(sys.stdin))]))
