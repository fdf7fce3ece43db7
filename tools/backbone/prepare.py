"""Step 1: runs the teachers once over every crop and keeps crops and targets on disk.

Owns the work folder's layout. Targets are coordinates in a PCA of the teachers' pooled
embeddings; pooling is linear, so the same projection turns a teacher's last feature map into
dense targets, one per cell. Resumes where it stopped; worker processes share the photos.

    photos.txt the photos covered, in the order of the arrays' rows
    crops.u8  uint8   [views, photos, 160, 160, 3]
    pooled.f16 float16 [views, photos, POOLED_DIMENSION]
    maps.f16  float16 [views, photos, 7 * 7, MAP_DIMENSION]
    pca.npz   mean, components, eigenvalues, scale of each teacher
"""

import argparse
import multiprocessing
from pathlib import Path

import numpy as np

from data import STORED_SIZE, VIEWS, crop, pool_files, replace_text, settle_photos, shared_folder, shrink
from teacher import INPUT_SIZE, TEACHERS, load_backbone

POOLED_DIMENSION = 384
MAP_DIMENSION = 128
PCA_CROPS = 3000
BATCH = 8
BLOCK = 64  # photos between two marks of progress


def layout(photos):
    """File name -> (dtype, shape) of the arrays of the work folder."""
    return {
        "crops.u8": (np.uint8, (VIEWS, photos, STORED_SIZE, STORED_SIZE, 3)),
        "pooled.f16": (np.float16, (VIEWS, photos, POOLED_DIMENSION)),
        "maps.f16": (np.float16, (VIEWS, photos, 49, MAP_DIMENSION)),
    }


def open_arrays(work, photos, mode):
    """The arrays of `layout` as memory maps, created when missing and mode is r+."""
    arrays = []
    for name, (dtype, shape) in layout(photos).items():
        path = work / name
        if not path.exists() and mode == "r+":
            np.memmap(path, dtype, "w+", shape=shape).flush()
        arrays.append(np.memmap(path, dtype, mode, shape=shape))
    return arrays


def teacher_cells(backbones, pictures):
    """uint8 [N,224,224,3] -> one float32 [N,49,C] per teacher."""
    pixels = np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)).astype(np.float32) / 255
    maps = [backbone.maps(pixels) for backbone in backbones]
    return [m.reshape(*m.shape[:2], 49).transpose(0, 2, 1) for m in maps]


def _pooled_sample(job):
    """Pooled embeddings of the crops listed in `job`, one array per teacher."""
    work, shared, pairs = job
    files = pool_files(work, shared)
    backbones = [load_backbone(shared, name) for name in TEACHERS]
    rows = []
    for start in range(0, len(pairs), BATCH):
        pictures = np.stack([crop(files, i, v, INPUT_SIZE) for i, v in pairs[start : start + BATCH]])
        rows.append([cells.mean(1) for cells in teacher_cells(backbones, pictures)])
    return [np.concatenate(parts) for parts in zip(*rows)]


def fit_pca(work, shared, workers):
    """PCA of the concatenated embeddings, each teacher scaled to unit total variance."""
    photos = len(pool_files(work, shared))
    rng = np.random.default_rng(1)
    pairs = [(int(i), int(rng.integers(VIEWS))) for i in rng.permutation(photos)[:PCA_CROPS]]
    with multiprocessing.Pool(workers) as pool:
        parts = pool.map(_pooled_sample, [(work, shared, pairs[w::workers]) for w in range(workers)])
    per_teacher = [np.concatenate(rows).astype(np.float64) for rows in zip(*parts)]
    scale = np.array([1 / np.sqrt(x.var(0).sum()) for x in per_teacher])
    x = np.concatenate([s * rows for s, rows in zip(scale, per_teacher)], 1)
    mean = x.mean(0)
    _, singular, axes = np.linalg.svd(x - mean, full_matrices=False)
    values = singular[:POOLED_DIMENSION] ** 2 / len(x)
    print(f"pca: {POOLED_DIMENSION} dimensions keep {values.sum() / x.var(0).sum():.3f} of the variance", flush=True)
    part = work / "pca.part.npz"  # renamed at the end: a stop while writing leaves no half of a file
    np.savez(
        part,
        scale=scale,
        mean=mean.astype(np.float32),
        components=axes[:POOLED_DIMENSION].T.astype(np.float32),
        eigenvalues=values.astype(np.float32),
    )
    part.replace(work / "pca.npz")


def _fill(job):
    """One worker: the views of its share of the photos."""
    work, shared, worker, workers, views = job
    files = pool_files(work, shared)
    backbones = [load_backbone(shared, name) for name in TEACHERS]
    crops, pooled, maps = open_arrays(work, len(files), "r+")
    pca = np.load(work / "pca.npz")
    mean, components, scale = pca["mean"], pca["components"], pca["scale"].astype(np.float32)
    mine = range(worker, len(files), workers)
    for view in range(views):
        mark = work / f"done-{view}-{worker}-of-{workers}"
        done = int(mark.read_text()) if mark.exists() else 0
        for start in range(done, len(mine), BATCH):
            photos = list(mine[start : start + BATCH])
            pictures = np.stack([crop(files, i, view, INPUT_SIZE) for i in photos])
            parts = teacher_cells(backbones, pictures)
            cells = np.concatenate([s * part for s, part in zip(scale, parts)], 2) - mean
            crops[view, photos] = np.stack([shrink(p, STORED_SIZE) for p in pictures])
            pooled[view, photos] = cells.mean(1) @ components
            maps[view, photos] = cells @ components[:, :MAP_DIMENSION]
            if (start // BATCH) % (BLOCK // BATCH) == 0:
                replace_text(mark, str(start + len(photos)))
        replace_text(mark, str(len(mine)))
        print(f"view {view}, worker {worker}: done", flush=True)


def main():
    """Command line of step 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, default=Path(__file__).parent / ".work")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--views", type=int, default=VIEWS, choices=range(1, VIEWS + 1), help="crops of each photo, the first ones")
    parser.add_argument("--without", nargs="*", default=[], metavar="SOURCE", help="folders of the pool to leave out")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    shared = shared_folder()
    settle_photos(options.work, shared, options.without)
    if not (options.work / "pca.npz").exists():
        fit_pca(options.work, shared, options.workers)
    open_arrays(options.work, len(pool_files(options.work, shared)), "r+")
    jobs = [(options.work, shared, w, options.workers, options.views) for w in range(options.workers)]
    with multiprocessing.Pool(options.workers) as pool:
        pool.map(_fill, jobs, chunksize=1)


if __name__ == "__main__":
    main()
