"""Packs one folder with all that a machine with a GPU and no network needs: photos, teachers, code, a start.

Owns the folder's layout, which gpu_data.py, gpu_teacher.py and gpu_train.py read there:

    photos.webp    the photos one after another, in WebP; lengths.npy: bytes of each
    teachers.pt    the teachers' layers as plain lists and float16 tensors, so that onnx is not needed
    checkpoint.pt  where the last run ended, if one did; else start.pt, the weights of a shipped .onnx
    *.py, on-gpu.sh

Photos get the largest size that fits: what the teachers and the checkpoint take is subtracted first.
"""

import argparse
import io
import multiprocessing
import shutil
import time
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from PIL import Image

from data import pool_names, shared_folder
from teacher import BACKBONES, TEACHERS

MEBIBYTE = 1 << 20
PHOTO_LIMIT = 50 * MEBIBYTE
SETTINGS = ((160, 40), (144, 40), (144, 25), (128, 25), (112, 20))  # (short side in px, WebP quality), best first
SAMPLE = 200  # photos from which a setting's size is foretold
MARGIN = 1.03  # a foretold size may be off by this factor
CODE = ("gpu_data.py", "gpu_teacher.py", "gpu_train.py", "loss.py", "normalise.py", "recipe.py", "student.py", "unfold.py", "on-gpu.sh")


def encode(job):
    """(path, short side, quality) -> one photo as WebP, made smaller only."""
    path, side, quality = job
    with Image.open(path) as file:
        photo = file.convert("RGB")
    scale = side / min(photo.size)
    if scale < 1:
        photo = photo.resize([round(length * scale) for length in photo.size], Image.LANCZOS)
    target = io.BytesIO()
    photo.save(target, "WEBP", quality=quality, method=2)
    return target.getvalue()


def choose_setting(paths, limit):
    """The first of SETTINGS at which all photos are foretold to fit into `limit` bytes."""
    sample = [paths[i] for i in np.random.default_rng(1).permutation(len(paths))[:SAMPLE]]
    for side, quality in SETTINGS:
        foretold = np.mean([len(encode((path, side, quality))) for path in sample]) * len(paths) * MARGIN
        if foretold <= limit:
            return side, quality
    raise SystemExit(f"{len(paths)} photos do not fit into {limit / MEBIBYTE:.0f} MiB even at {side} px: raise --limit or leave sources out")


def write_photos(paths, limit, out, workers):
    """photos.webp and lengths.npy."""
    side, quality = choose_setting(paths, limit)
    with multiprocessing.Pool(workers) as pool, open(out / "photos.webp", "wb") as target:
        jobs = ((path, side, quality) for path in paths)
        lengths = [target.write(content) for content in pool.imap(encode, jobs, chunksize=64)]
    np.save(out / "lengths.npy", np.array(lengths, np.int64))
    print(f"{len(paths)} photos at {side} px, quality {quality}: {sum(lengths) / MEBIBYTE:.1f} MiB", flush=True)


def plain_layers(path):
    """An ONNX graph up to its global average pooling: dicts with op, inputs, output and, of a Conv, its tensors."""
    graph = onnx.load(str(path)).graph
    weights = {w.name: torch.from_numpy(numpy_helper.to_array(w).copy()) for w in graph.initializer}
    layers = []
    for node in graph.node:
        layer = {"op": node.op_type, "inputs": [name for name in node.input if name not in weights], "output": node.output[0]}
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        if node.op_type == "Conv":
            tensors = [weights[name].half() for name in node.input[1:]]
            layer |= {"weight": tensors[0], "bias": tensors[1] if len(tensors) > 1 else None}
            layer |= {"pads": attributes.get("pads", [0] * 4), "strides": attributes.get("strides", [1, 1]), "groups": attributes.get("group", 1)}
        elif node.op_type == "Clip":
            layer |= {"low": float(weights[node.input[1]]), "high": float(weights[node.input[2]])}
        layers.append(layer)
        if node.op_type == "GlobalAveragePool":
            return {"input": graph.input[0].name, "layers": layers}
    raise ValueError(f"{path} has no GlobalAveragePool")


def write_teachers(shared, out):
    """teachers.pt: name -> plain layers and the normalisation of the input."""
    teachers = {}
    for name in TEACHERS:
        file, normalisation = BACKBONES[name]
        teachers[name] = plain_layers(shared / "backbones" / file) | {"normalisation": normalisation}
    torch.save(teachers, out / "teachers.pt")


def write_start(checkpoint, weights, out):
    """Where training begins: the last checkpoint, else the folded weights of an ONNX file, else nothing."""
    if checkpoint.exists():
        shutil.copy(checkpoint, out / "checkpoint.pt")
    elif weights and weights.exists():
        tensors = {w.name.removesuffix("_half"): torch.from_numpy(numpy_helper.to_array(w).copy()) for w in onnx.load(str(weights)).graph.initializer}
        torch.save(tensors, out / "start.pt")
    print("starts from", checkpoint if checkpoint.exists() else weights if (out / "start.pt").exists() else "random weights")


def folder_bytes(folder):
    """Bytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.iterdir())


def main():
    """Command line."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, default=here / ".work" / "gpu")
    parser.add_argument("--limit", type=int, default=60, help="MiB of the whole folder")
    parser.add_argument("--without", nargs="*", default=[], metavar="SOURCE", help="folders of the pool to leave out")
    parser.add_argument("--weights", type=Path, default=here.parents[1] / "models" / "headstart-128.onnx")
    parser.add_argument("--from-scratch", action="store_true", help="begin with random weights when there is no checkpoint")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    started, shared, out = time.monotonic(), shared_folder(), options.work / "pack"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for name in CODE:
        shutil.copy(here / name, out)
    write_teachers(shared, out)
    write_start(options.work / "checkpoint-128.pt", None if options.from_scratch else options.weights, out)
    room = min(PHOTO_LIMIT, options.limit * MEBIBYTE - folder_bytes(out))
    paths = [shared / "data" / "pool" / name for name in pool_names(shared, options.without)]
    write_photos(paths, room, out, options.workers)
    total = folder_bytes(out)
    if total > options.limit * MEBIBYTE:
        raise SystemExit(f"{out} has {total / MEBIBYTE:.1f} MiB, more than {options.limit}: lower --limit by the difference")
    print(f"{out}: {total / MEBIBYTE:.1f} MiB, {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
