"""Accuracy of an embedding on the labelled sets of shared/data/images.

Owns the protocol: pictures through a backbone, embeddings to unit length, linear discriminant
analysis with Ledoit-Wolf shrinkage (what scikit-learn's solver "lsqr" with shrinkage "auto" computes)
fitted on train, accuracy on test; or accuracy by cross-validation inside train, for choices that the
test photos must not make. ONNX files run in ONNX Runtime Web, as in the Worker (embed.mjs).
"""

import argparse
import copy
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps

from data import shared_folder
from normalise import IMAGENET
from students import shape_of
from teacher import BACKBONES, INPUT_SIZE

SETS = ("pizza-menu", "food101-13", "grocery-store", "pizza-or-not")
FOLDS, SPLITS = 4, 3  # of the cross-validation


def prepare_picture(path, short_side, size):
    """EXIF orientation, short side to `short_side` (bilinear, antialiased), centre crop: uint8 [size,size,3]."""
    with Image.open(path) as file:
        photo = ImageOps.exif_transpose(file).convert("RGB")
    scale = short_side / min(photo.size)
    photo = photo.resize([max(size, round(side * scale)) for side in photo.size], Image.BILINEAR)
    left, top = (photo.width - size) // 2, (photo.height - size) // 2
    return np.asarray(photo.crop((left, top, left + size, top + size)))


def labelled_files(folder):
    """Sorted (path, class name) of train/ or test/."""
    return [(path, path.parent.name) for path in sorted(folder.glob("*/*.jpg"))]


def embed_files(files, embed, short_side, size, batch=128):
    """float32 [N,D]; `embed` takes float32 [n,3,size,size] in 0..1."""
    rows = []
    for start in range(0, len(files), batch):
        pictures = np.stack([prepare_picture(path, short_side, size) for path, _ in files[start : start + batch]])
        rows.append(embed(pictures.transpose(0, 3, 1, 2).astype(np.float32) / 255))
    return np.concatenate(rows)


def ledoit_wolf(x):
    """Shrunk covariance of centred rows [n,d]."""
    n, d = x.shape
    covariance = x.T @ x / n
    mean = np.trace(covariance) / d
    squares = x**2
    beta = ((squares.T @ squares).sum() / n - (covariance**2).sum()) / (d * n)
    delta = ((covariance - mean * np.eye(d)) ** 2).sum() / d
    share = 0.0 if beta <= 0 else min(beta, delta) / delta
    return (1 - share) * covariance + share * mean * np.eye(d)


def class_covariance(x):
    """Ledoit-Wolf on standardised columns, scaled back."""
    centred = x - x.mean(0)
    spread = x.std(0)
    spread[spread < 1e-12] = 1
    return ledoit_wolf(centred / spread) * spread[:, None] * spread[None, :]


def discriminant(x, y):
    """Weights [K,D] and biases [K] of LDA; y holds class numbers 0..K-1."""
    counts = np.bincount(y)
    priors = counts / len(y)
    means = np.stack([x[y == k].mean(0) for k in range(len(counts))])
    covariance = sum(p * class_covariance(x[y == k]) for k, p in enumerate(priors))
    weights = np.linalg.lstsq(covariance, means.T, rcond=None)[0].T
    return weights, np.log(priors) - 0.5 * (weights * means).sum(1)


def accuracy(train, train_names, test, test_names):
    """Share of the test rows classified rightly."""
    unit = [x.astype(np.float64) / np.linalg.norm(x, axis=1, keepdims=True) for x in (train, test)]
    names, y = np.unique(train_names, return_inverse=True)
    weights, bias = discriminant(unit[0], y)
    return float((names[(unit[1] @ weights.T + bias).argmax(1)] == np.array(test_names)).mean())


def cross_validated(x, names):
    """Accuracy inside one set of rows: FOLDS parts, each predicted from the others, over several splits."""
    names, right = np.array(names), []
    for split in range(SPLITS):
        part = np.random.default_rng(split).permutation(len(x)) % FOLDS
        for k in range(FOLDS):
            score = accuracy(x[part != k], names[part != k], x[part == k], names[part == k])
            right.append(score * (part == k).sum())
    return float(sum(right) / len(x) / SPLITS)


def evaluate(embed, short_side, size, shared, train_only=False):
    """Accuracy by set, and their mean."""
    scores = {}
    for name in SETS:
        folder = shared / "data" / "images" / name
        parts = [labelled_files(folder / part) for part in (("train",) if train_only else ("train", "test"))]
        rows = [embed_files(files, embed, short_side, size) for files in parts]
        labels = [[label for _, label in files] for files in parts]
        if train_only:
            scores[name] = cross_validated(rows[0], labels[0])
        else:
            scores[name] = accuracy(rows[0], labels[0], rows[1], labels[1])
    return {**scores, "mean": float(np.mean(list(scores.values())))}


def load_student(path, key="average"):
    """The folded student of a checkpoint: (embedder, its size)."""
    state = torch.load(path)
    shape = shape_of(state["shape"])
    student = shape.build()
    student.load_state_dict(state[key])
    return shape.embedder(student), shape.size


def student_embed(embedder):
    """A function for `evaluate` that normalises and runs the student."""
    mean, std = (torch.tensor(v).view(1, 3, 1, 1) for v in IMAGENET)
    embedder = copy.deepcopy(embedder).to(memory_format=torch.channels_last)

    @torch.no_grad()
    def embed(pixels):
        x = (torch.from_numpy(pixels) - mean) / std
        return embedder(x.contiguous(memory_format=torch.channels_last)).numpy()

    return embed


def web_embed(model, size, normalisation):
    """A function for `evaluate` that runs an ONNX file in ONNX Runtime Web."""
    mean, std = (np.array(v, np.float32).reshape(1, 3, 1, 1) for v in normalisation)

    def embed(pixels):
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder, "pictures.f32"), Path(folder, "embeddings.f32")
            ((pixels - mean) / std).astype(np.float32).tofile(source)
            script = Path(__file__).with_name("embed.mjs")
            subprocess.run(["node", script, model, str(size), source, target], check=True)
            return np.fromfile(target, np.float32).reshape(len(pixels), -1)

    return embed


def contestant(what, weights, shared):
    """A reference's name, a manifest or a checkpoint -> (embed, size, short side)."""
    if what in BACKBONES:
        file, normalisation = BACKBONES[what]
        return web_embed(shared / "backbones" / file, INPUT_SIZE, normalisation), INPUT_SIZE, 256
    path = Path(what)
    if path.suffix == ".json":
        manifest = json.loads(path.read_text())
        given = manifest["input"]
        embed = web_embed(path.with_name(manifest["file"]), given["width"], (given["mean"], given["std"]))
        return embed, given["width"], given["resizeShortSide"]
    embedder, size = load_student(path, weights)
    return student_embed(embedder), size, round(size * 256 / 224)


def main():
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", help=f"manifest (.json), checkpoint, or one of {', '.join(BACKBONES)}")
    parser.add_argument("--weights", choices=("average", "student"), default="average")
    parser.add_argument("--short-side", type=int, help="default: the manifest's, else size * 256 / 224")
    parser.add_argument("--train-only", action="store_true", help="cross-validate inside train")
    options = parser.parse_args()
    torch.set_num_threads(1)
    shared = shared_folder()
    embed, size, short_side = contestant(options.what, options.weights, shared)
    short_side = options.short_side or short_side
    scores = evaluate(embed, short_side, size, shared, options.train_only)
    print(options.what, size, short_side, " ".join(f"{name} {value:.4f}" for name, value in scores.items()))


if __name__ == "__main__":
    main()
