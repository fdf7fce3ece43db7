"""Step 2: the stored crops at the sizes the student trains on.

Owns the resizing of crops.u8 to crops<size>.u8, nothing else.
"""

import argparse
import multiprocessing
from pathlib import Path

import numpy as np

from data import STORED_SIZE, VIEWS, pool_files, shared_folder, shrink

SIZES = (96, 120, 128)


def resized_path(work, size):
    """Where the crops of one size lie."""
    return work / f"crops{size}.u8"


def open_resized(work, photos, size, mode="r"):
    """uint8 [views, photos, size, size, 3]"""
    return np.memmap(resized_path(work, size), np.uint8, mode, shape=(VIEWS, photos, size, size, 3))


def _resize(job):
    work, photos, size, view = job
    source = np.memmap(work / "crops.u8", np.uint8, "r", shape=(VIEWS, photos, STORED_SIZE, STORED_SIZE, 3))
    target = open_resized(work, photos, size, "r+")
    for photo in range(photos):
        target[view, photo] = shrink(source[view, photo], size)


def main():
    """Command line of step 2."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, default=Path(__file__).parent / ".work")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--views", type=int, default=VIEWS, choices=range(1, VIEWS + 1), help="as prepare.py was given")
    options = parser.parse_args()
    photos = len(pool_files(options.work, shared_folder()))
    for size in SIZES:
        if not resized_path(options.work, size).exists():
            open_resized(options.work, photos, size, "w+").flush()
    jobs = [(options.work, photos, size, view) for size in SIZES for view in range(options.views)]
    with multiprocessing.Pool(options.workers) as pool:
        pool.map(_resize, jobs, chunksize=1)


if __name__ == "__main__":
    main()
