# Files of weights and images


def read_weights(path):
    """The metadata of a file of the safetensors format, such as the page saves, and its arrays by name."""
    with open(path, 'rb') as file:
        (length,) = struct.unpack('<Q', file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    about = header.pop('__metadata__', {})
    arrays = {}
    for name, entry in header.items():
        begin, end = entry['data_offsets']
        arrays[name] = np.frombuffer(data[begin:end], '<f4').reshape(entry['shape'])
    return about, arrays


def gains_of(about):
    """The gains that a net had when the page saved it, block by block, by the metadata of the file; none of other files."""
    return json.loads(about.get('net', '{}')).get('gains', [])


def classes_of(path):
    """The names of the classes that a file of weights tells apart, in the order of its outputs; None if it has no names."""
    return json.loads(read_weights(path)[0].get('classNames', 'null'))


CIFAR_10 = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck']


def naturally(name):
    """What names are ordered by, as in the page: 2 before 10, and b before C."""
    return [int(part) if nth % 2 else part for nth, part in enumerate(re.split(r'(\d+)', name.lower()))]


def read_folder(folder, side, names):
    """Bytes [N, side, side, 3], labels [N] of train/CLASS and of test/CLASS, and the number of classes, in the order of names."""

    def folders(part):
        path = os.path.join(folder, part)
        return [name for name in os.listdir(path) if os.path.isdir(os.path.join(path, name))]

    names = names or sorted(folders('train'), key=naturally)
    others = sorted({*folders('train'), *folders('test')} - {*names})
    if others:
        raise SystemExit(f'{folder}: {", ".join(others)}: not one of the classes, which are {", ".join(names)}')
    sets = []
    for part in ('train', 'test'):
        inside = [(os.path.join(folder, part, name), y) for y, name in enumerate(names) if name in folders(part)]
        files = [(os.path.join(path, file), y) for path, y in inside for file in sorted(os.listdir(path))]
        files = [(file, y) for file, y in files if file.lower().endswith(IMAGE_ENDINGS)]
        sets.append((np.stack([read_image(file, side) for file, _ in files]), np.array([y for _, y in files], np.int64)))
    return *sets, len(names)


IMAGE_ENDINGS = ('.png', '.jpg', '.jpeg', '.webp', '.gif', '.bmp')


def shares(count, length, side):
    """What part of each of `side` new pixels the `count` old ones make up, [side, count]; the new divide the middle `length`."""
    step = length / side
    begin = (count - length) / 2 + step * np.arange(side)[:, None]
    old = np.arange(count)
    return np.clip(np.minimum(old + 1, begin + step) - np.maximum(old, begin), 0, None) / step


def read_image(path, side):
    """
    Bytes [side, side, 3] of an image, as the page makes those of folders: on white where it is transparent, the middle square,
    each pixel the mean of the area that it covers. (Small ones of Parquet and IDX files the page puts unscaled on black.)
    """
    from PIL import Image, ImageOps

    image = ImageOps.exif_transpose(Image.open(path)).convert('RGBA')
    pixels = np.array(Image.alpha_composite(Image.new('RGBA', image.size, 'white'), image).convert('RGB'))
    height, width, _ = pixels.shape
    rows, columns = (shares(count, min(height, width), side) for count in (height, width))
    return np.floor(columns @ np.tensordot(rows, pixels, 1) + 0.5).astype(np.uint8)
