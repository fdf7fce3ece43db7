"""The pool of photos and the crops cut from it.

Owns which photos a work folder covers, and which window, which flip and which colours a crop has: all
of it follows from (seed, photo, view), so two runs cut the same crops. Knows nothing of teachers or
students.
"""

import os
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance

STORED_SIZE = 160  # px: side of the crops kept for the student
MIXUP_VIEW = 4  # this view blends two crops; the views before it are plain
VIEWS = 5
SEED = 20
PHOTO_LIST = "photos.txt"  # in a work folder: the photos that it covers, one a line


def shared_folder():
    """The folder with backbones and data: HEADSTART_SHARED, else ../shared beside the checkout."""
    default = Path(__file__).resolve().parents[3] / "shared"
    return Path(os.environ.get("HEADSTART_SHARED", default))


def pool_names(shared, without=()):
    """The pool's photos as `source/file`, in the order of index.tsv, less the sources in `without`."""
    rows = (shared / "data" / "pool" / "index.tsv").read_text(encoding="utf-8").splitlines()[1:]
    names = [row.split("\t")[0] for row in rows]
    unknown = set(without) - {name.split("/")[0] for name in names}
    if unknown:
        raise SystemExit(f"the pool has no source named {', '.join(sorted(unknown))}")
    return [name for name in names if name.split("/")[0] not in without]


def settle_photos(work, shared, without=()):
    """Writes down which photos `work` covers; refuses a folder that was begun with others.

    Arrays, marks and held-out photos all count by position, so a pool that has grown since would
    pair crops with other photos' targets.
    """
    names, path = pool_names(shared, without), work / PHOTO_LIST
    if not path.exists():
        if (work / "crops.u8").exists():
            raise SystemExit(f"{work} has crops but no {PHOTO_LIST}: give a new folder with --work")
        replace_text(path, "\n".join(names) + "\n")
    begun = path.read_text(encoding="utf-8").split("\n")[:-1]
    if begun != names:
        raise SystemExit(f"{work} was begun with {len(begun)} other photos, this pool gives {len(names)}: give a new folder with --work")


def pool_files(work, shared):
    """Paths of the photos that `work` covers, in its order."""
    names = (work / PHOTO_LIST).read_text(encoding="utf-8").split("\n")[:-1]
    return [shared / "data" / "pool" / name for name in names]


def replace_text(path, text):
    """Writes beside, then renames: a stop in between leaves the old text."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


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
