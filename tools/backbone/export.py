"""Step 4: writes the averaged student as models/<name>.onnx with its manifest.

Owns the file format: opset 13, batch normalisation folded, weights of more than 256 numbers stored
as float16 behind a Cast (ONNX Runtime undoes the Cast once, at load). Also leaves 100 photos and
torch's embeddings of them, computed from the very weights stored, for agree.mjs.
"""

import argparse
import hashlib
import json
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from data import shared_folder
from evaluate import SETS, labelled_files, load_student, prepare_picture, student_embed
from normalise import IMAGENET
from students import SHAPES

OPSET = 13
SMALLEST_HALF = 256  # tensors up to this many numbers stay float32
AGREE_PHOTOS = 100
TAUGHT = "taught by tools/backbone what MobileNetV2 1.0 and MobileNet EdgeTPU say of the photos listed in models/README.md"


def round_to_half(embedder):
    """Rounds the weights that are stored as float16, in place."""
    for parameter in embedder.parameters():
        if parameter.numel() > SMALLEST_HALF:
            parameter.data = parameter.data.half().float()


def store_halves(model):
    """Replaces big float32 initializers by float16 ones and a Cast each."""
    graph = model.graph
    casts = []
    for initializer in list(graph.initializer):
        values = numpy_helper.to_array(initializer)
        if values.dtype != np.float32 or values.size <= SMALLEST_HALF:
            continue
        name = initializer.name
        initializer.CopyFrom(numpy_helper.from_array(values.astype(np.float16), name + "_half"))
        casts.append(helper.make_node("Cast", [name + "_half"], [name], to=TensorProto.FLOAT))
    nodes = casts + list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)


def settle_constants(model):
    """Constant nodes become initializers, where the Worker's kernels look for the bounds of a Clip."""
    graph = model.graph
    for node in [node for node in graph.node if node.op_type == "Constant"]:
        value = next(attribute.t for attribute in node.attribute if attribute.name == "value")
        value.name = node.output[0]
        graph.initializer.append(value)
        graph.node.remove(node)


def write_onnx(embedder, size, path):
    """The ONNX file: input [N,3,size,size], output embedding [N,D]."""
    picture = torch.zeros(1, 3, size, size)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            embedder, picture, str(path), opset_version=OPSET, input_names=["input"], output_names=["embedding"],
            dynamic_axes={"input": {0: "N"}, "embedding": {0: "N"}},
        )  # fmt: skip
    model = onnx.load(str(path))
    settle_constants(model)
    store_halves(model)
    model.producer_name, model.doc_string = "headstart", ""
    for node in model.graph.node:
        node.doc_string = ""
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def manifest(path, size, short_side, dimension, began_as):
    """What the Worker must know beside the weights; `began_as`: the weights that training began with."""
    content = path.read_bytes()
    return {
        "name": path.stem,
        "file": path.name,
        "id": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "input": {
            "name": "input",
            "layout": "NCHW",
            "height": size,
            "width": size,
            "mean": list(IMAGENET[0]),
            "std": list(IMAGENET[1]),
            "resizeShortSide": short_side,
            "crop": "center",
        },
        "output": {"name": "embedding", "dimension": dimension},
        "licence": "Apache-2.0",
        "origin": f"begun from {began_as}, {TAUGHT}",
    }


def agreement_fixture(work, embedder, size, short_side):
    """100 test photos as the network's input, and torch's embeddings of them."""
    files = [file for name in SETS for file in labelled_files(shared_folder() / "data" / "images" / name / "test")]
    chosen = files[:: len(files) // AGREE_PHOTOS][:AGREE_PHOTOS]
    pictures = np.stack([prepare_picture(path, short_side, size) for path, _ in chosen])
    pixels = pictures.transpose(0, 3, 1, 2).astype(np.float32) / 255
    mean, std = (np.array(v, np.float32).reshape(1, 3, 1, 1) for v in IMAGENET)
    ((pixels - mean) / std).astype(np.float32).tofile(work / "agree-input.f32")
    student_embed(embedder)(pixels).astype(np.float32).tofile(work / "agree-embedding.f32")


def main():
    """Command line of step 4."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    here = Path(__file__).resolve().parent
    parser.add_argument("--work", type=Path, default=here / ".work")
    parser.add_argument("--shape", default="128")
    parser.add_argument("--name", required=True)
    parser.add_argument("--out", type=Path, default=here.parents[1] / "models")
    parser.add_argument("--short-side", type=int)
    options = parser.parse_args()
    torch.set_num_threads(1)
    embedder, size = load_student(options.work / f"checkpoint-{options.shape}.pt")
    round_to_half(embedder)
    short_side = options.short_side or round(size * 256 / 224)
    path = options.out / f"{options.name}.onnx"
    write_onnx(embedder, size, path)
    dimension = embedder(torch.zeros(1, 3, size, size)).shape[1]
    text = json.dumps(manifest(path, size, short_side, dimension, SHAPES[options.shape].began_as), indent=2)
    path.with_suffix(".json").write_text(text + "\n")
    agreement_fixture(options.work, embedder, size, short_side)
    print(text)


if __name__ == "__main__":
    main()
