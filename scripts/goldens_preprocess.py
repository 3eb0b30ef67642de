"""
What src/data/imagenet-input.ts is tested against: torchvision's preprocessing of ImageNet's images (the shorter side
resized, the middle cut out) as PIL does it, recorded as src/data/goldens/preprocess.json.

    python3 scripts/goldens_preprocess.py

needs a Python with torchvision and Pillow (on Debian: apt install python3-torchvision). The file is committed. An image of
width x height has the byte (7x + 13y + 5xy + 80c) % 256 in channel c. The result is [crop][crop][3] bytes, in a row.
"""

import json
from pathlib import Path

import numpy as np
from PIL import Image
from torchvision import transforms

TARGET = Path(__file__).parent.parent / 'src' / 'data' / 'goldens' / 'preprocess.json'


def record(width, height, shorter, crop):
    y, x, c = np.mgrid[0:height, 0:width, 0:3]
    image = Image.fromarray(((7 * x + 13 * y + 5 * x * y + 80 * c) % 256).astype(np.uint8))
    cut = transforms.Compose([transforms.Resize(shorter), transforms.CenterCrop(crop)])(image)
    pixels = np.asarray(cut).flatten().tolist()
    return {'width': width, 'height': height, 'shorter': shorter, 'crop': crop, 'pixels': pixels}


sizes = [(30, 21, 12, 9), (13, 37, 8, 7), (9, 9, 16, 14), (11, 7, 13, 10), (16, 16, 16, 12)]
TARGET.write_text(json.dumps([record(*each) for each in sizes], separators=(',', ':')) + '\n')
