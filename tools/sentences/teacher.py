"""The teacher's embedding of every English text in work/english.json, as float16: work/english.npy. Keeps what was embedded before."""
import argparse
import json
import pathlib

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

WIDTH, MAX_TOKENS = 512, 128


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=pathlib.Path, default="work")
    work = parser.parse_args().work
    texts = json.loads((work / "english.json").read_text())
    known = {}
    if (work / "embedded.json").exists():
        known = dict(zip(json.loads((work / "embedded.json").read_text()), np.load(work / "english.npy")))
    tokenizer = Tokenizer.from_file(str(work / "teacher/tokenizer.json"))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(work / "teacher/model.onnx"), options)
    embedded = np.zeros((len(texts), WIDTH), np.float16)
    for i, text in enumerate(texts):
        if text in known:
            embedded[i] = known[text]
            continue
        ids = tokenizer.encode(text, add_special_tokens=False).ids[:MAX_TOKENS] or [0]
        embedded[i] = session.run(None, {"input_ids": np.array([ids], np.int64)})[0][0]
    np.save(work / "english.npy", embedded)
    (work / "embedded.json").write_text(json.dumps(texts))


if __name__ == "__main__":
    main()
