"""Untrained students of several shapes as ONNX files, for bench.mjs: what would each cost?

Owns the list of shapes that were compared. Weights are random; only the milliseconds mean anything.
"""

import argparse
from pathlib import Path

import torch

from export import write_onnx
from student import HEADSTART_128, Embedder, Shape, Student, fold

CANDIDATES = {
    "chosen-128": HEADSTART_128,
    "chosen-160": Shape(160, 16, (32, 80, 176, 288), (1, 3, 4, 1), 3, 640),
    "chosen-192": Shape(192, 16, (32, 80, 176, 288), (1, 3, 4, 1), 3, 640),
    "narrow-128": Shape(128, 16, (24, 56, 128, 224), (1, 3, 4, 1), 3, 512),
    "wide-128": Shape(128, 24, (40, 96, 208, 320), (1, 3, 4, 1), 3, 640),
    "deep-end-128": Shape(128, 24, (40, 80, 160, 256), (1, 2, 3, 2), 3, 512),
}


def main():
    """Writes <name>.onnx for each candidate."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / ".work" / "shapes")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name, shape in CANDIDATES.items():
        write_onnx(fold(Embedder(Student(shape)).eval()), shape.size, options.out / f"{name}.onnx")


if __name__ == "__main__":
    main()
