"""The pool of photos and the crops cut from it.

Owns which photo, which window, which flip and which colours a crop has: all of it follows from
(seed, photo, view), so two runs cut the same crops. Knows nothing of teachers or students.
"""

import os
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance

STORED_SIZE = 160  # px: side of the crops kept for the student
MIXUP_VIEW = 4  # this view blends two crops; the views before it are plain
VIEWS = 5
SEED = 20


def shared_folder():
    """The folder with backbones and data: HEADSTART_SHARED, else ../shared beside the checkout."""
    default = Path(__file__).resolve().parents[3] / "shared"
    return Path(os.environ.get("HEADSTART_SHARED", default))


def pool_files(shared):
    """Paths of the pool's photos in the order of index.tsv."""
    pool = shared / "data" / "pool"
    rows = (pool / "index.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [pool / row.split("\t")[0] for row in rows]


def _window(width, height, rng, scale):
    """A box of random area (a share `scale` of the photo) and aspect ratio 3/4 to 4/3."""
    for _ in range(10):
        area = width * height * rng.uniform(*scale)
        ratio = np.exp(rng.uniform(np.log(3 / 4), np.log(4 / 3)))
        w, h = np.sqrt(area * ratio), np.sqrt(area / ratio)
        if w <= width and h <= height:
            left, top = rng.uniform(0, width - w), rng.uniform(0, height - h)
            return left, top, left + w, top + h
    return _centre(width, height)


def _centre(width, height):
    """The central square of a photo."""
    side = min(width, height)
    left, top = (width - side) / 2, (height - side) / 2
    return left, top, left + side, top + side


def _jitter(photo, rng):
    """Brightness, contrast and saturation, each by up to a third."""
    for enhance in (ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color):
        photo = enhance(photo).enhance(rng.uniform(0.67, 1.5))
    return photo


def _single(path, view, rng, size):
    """One unblended crop as uint8 [size,size,3]."""
    with Image.open(path) as file:
        photo = file.convert("RGB")
    # View 0 is what a Worker would send: the central square. The others are wide to narrow windows.
    scale = (0.5, 1.0) if view % 2 else (0.2, 0.6)
    box = _centre(*photo.size) if view == 0 else _window(*photo.size, rng, scale)
    photo = photo.resize((size, size), Image.BICUBIC, box=box)
    if rng.random() < 0.5:
        photo = photo.transpose(Image.FLIP_LEFT_RIGHT)
    if view and rng.random() < 0.5:
        photo = _jitter(photo, rng)
    return np.asarray(photo)


def crop(files, photo, view, size):
    """The crop of (photo, view) as uint8 [size,size,3]."""
    rng = np.random.default_rng((SEED, photo, view))
    if view != MIXUP_VIEW:
        return _single(files[photo], view, rng, size)
    other, share = int(rng.integers(len(files))), rng.uniform(0.35, 0.65)
    first, second = (_single(files[i], 1, rng, size).astype(np.float32) for i in (photo, other))
    return np.round(share * first + (1 - share) * second).astype(np.uint8)


def shrink(picture, size):
    """uint8 [H,H,3] -> [size,size,3], antialiased."""
    return np.asarray(Image.fromarray(picture).resize((size, size), Image.BILINEAR))
