"""Writes a trained student as int8 with one scale a row of its table, in the format safetensors: models/sentences-ru-ko-en.safetensors."""
import argparse
import hashlib
import json
import pathlib

import numpy as np
import torch

LARGEST = 127


def write(path, tensors):
    header, offset = {}, 0
    for name, values in tensors.items():
        header[name] = {"dtype": {"int8": "I8", "float32": "F32"}[values.dtype.name], "shape": list(values.shape), "data_offsets": [offset, offset + values.nbytes]}
        offset += values.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(values.tobytes() for values in tensors.values()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=pathlib.Path, default="work")
    parser.add_argument("--name", default="student")
    parser.add_argument("--out", type=pathlib.Path, default="models/sentences-ru-ko-en.safetensors")
    flags = parser.parse_args()
    trained = torch.load(flags.work / f"{flags.name}.pt")
    if trained["flags"].get("shape", "bag") != "bag":
        raise SystemExit("only the bag has a place in the format of the file")
    state = {name: value.numpy() for name, value in trained["state"].items()}
    table = state["table.weight"]
    scale = np.maximum(np.abs(table).max(1, keepdims=True) / LARGEST, 1e-12).astype(np.float32)
    tensors = {
        "table.scale": scale[:, 0],
        "norm.weight": state["norm.weight"],
        "norm.bias": state["norm.bias"],
        "sentence.weight": np.ascontiguousarray(state["sentence.weight"].T),
        "sentence.bias": state["sentence.bias"],
        "tone.weight": np.ascontiguousarray(state["tone.weight"].T),
        "tone.bias": state["tone.bias"],
        "table": np.round(table / scale).astype(np.int8),
    }
    write(flags.out, tensors)
    print(flags.out, flags.out.stat().st_size, "bytes, SHA-256", hashlib.sha256(flags.out.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
