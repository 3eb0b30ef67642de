"""
What PyTorch says of 64 photographs, per image, with each net that the page loads: preprocessing, net and logits together.
src/engine/inference/photographs.test.ts and `npx tsx scripts/photographs.ts` compare; recorded as src/engine/inference/goldens/photographs.json.

    python3 scripts/goldens_photographs.py

needs what scripts/goldens_family.py needs, and takes about ten minutes of two cores. The file is committed. Weights are random,
those of goldens_family.py. Images are generated, so that neither is stored. With u from Random('family/photograph/N'), image N,
counted from 0, has

    width                  180 + (37N % 150), height 170 + (53N % 160)
    tiles                  floor(256u), [6][6][3]
    byte                   (tiles[6y // height][6x // width][c] + (3x + 5y) % 48) % 256

It is resized until its shorter side has 256 pixels and its middle of 224 is cut out by torchvision (Pillow), then normalised. The
nets compute in float32. Per image the file holds

    top                    the classes of the five largest logits, and their logits
    sum                    the sum of (-1)^class * logit / 10: all logits count in it
"""

import json
from pathlib import Path

import numpy as np
import torch
from goldens_family import fill, imagenet, make, other, uniforms
from PIL import Image
from torchvision import transforms

TARGET = Path(__file__).parent.parent / 'src' / 'engine' / 'inference' / 'goldens' / 'photographs.json'
IMAGES = 64
TILES = 6
CLASSES = 1000
BATCH = 4

USUAL = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
HALF = ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))

NETS = {
    **{f'ResNet-{depth}': (imagenet('residual', depth), USUAL) for depth in (18, 34, 50, 101, 152)},
    'VGG-19': (other('vgg', 19, norm=False), USUAL),
    'GoogLeNet': (other('googlenet', 22, form='pytorch'), HALF),
}


def photograph(number):
    width, height = 180 + 37 * number % 150, 170 + 53 * number % 160
    tiles = np.floor(256 * uniforms(f'family/photograph/{number}', (TILES, TILES, 3))).astype(np.int64)
    y, x = np.mgrid[0:height, 0:width]
    pixels = (tiles[TILES * y // height, TILES * x // width] + ((3 * x + 5 * y) % 48)[:, :, None]) % 256
    return Image.fromarray(pixels.astype(np.uint8))


def rounded(value):
    return float(f'{value:.6g}')


def record(name, net, statistics):
    model = make(net, 224, CLASSES)
    fill(net, model)
    model.float().eval()
    steps = [transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(), transforms.Normalize(*statistics)]
    prepare = transforms.Compose(steps)
    signs = torch.tensor([1.0, -1.0], dtype=torch.float64).repeat(CLASSES // 2) / 10
    images = []
    for first in range(0, IMAGES, BATCH):
        batch = torch.stack([prepare(photograph(number)) for number in range(first, first + BATCH)])
        with torch.no_grad():
            logits = model(batch).double()
        for each in logits:
            top = torch.topk(each, 5)
            images.append({
                'classes': top.indices.tolist(),
                'logits': [rounded(value) for value in top.values.tolist()],
                'sum': rounded(float(each @ signs)),
            })
    print(name, flush=True)
    return {'name': name, 'images': images}


def main():
    recorded = [json.dumps(record(name, *each), separators=(',', ':')) for name, each in NETS.items()]
    TARGET.write_text('[\n' + ',\n'.join(recorded) + '\n]\n')


if __name__ == '__main__':
    main()
