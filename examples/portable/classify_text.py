"""Answers for texts as the deployment does, a line of stdin each: python classify_text.py folder < texts.txt
The folder is the archive unpacked.   (pip install onnxruntime tokenizers regex)"""
import collections
import json
import sys
import unicodedata

import numpy as np
import onnxruntime
import regex
from tokenizers import Tokenizer

from hashed_grams import hash_of, hashed_grams

INVISIBLE = regex.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
WORDS = regex.compile(r"""[\p{L}\p{M}\p{N}'’!?]+|[^\p{L}\p{M}\p{N}\s'’!?.,;:"-]+""")


def character_grams(text):
    counts = collections.Counter()
    for word in WORDS.findall(unicodedata.normalize("NFKC", text).lower()):
        counts["\x01" + word] += 1
        padded = f" {word} "
        counts.update(padded[i : i + length] for length in (3, 4, 5) for i in range(len(padded) - length + 1))
    block = np.zeros((1, 512), np.float32)
    for gram, times in counts.items():
        hashed = hash_of(gram)
        block[0, (hashed >> 1) % 512] += (1 if hashed & 1 else -1) * times**0.5
    return block


folder = sys.argv[1]
about = json.load(open(f"{folder}/labels.json", encoding="utf-8"))
model = json.load(open(f"{folder}/tokenizer.json", encoding="utf-8"))["model"]
tokenizer = None if model["type"] == "HashedGrams" else Tokenizer.from_file(f"{folder}/tokenizer.json")
session = onnxruntime.InferenceSession(f"{folder}/model.onnx")
outputs, taken = [output.name for output in session.get_outputs()], about["input"]
for line in sys.stdin.read().rstrip("\n").split("\n"):
    text = regex.sub(r"[\p{Cc}\s]+", " ", INVISIBLE.sub("", unicodedata.normalize("NFC", line))).strip()
    ids = tokenizer.encode(text, add_special_tokens=False).ids if tokenizer else hashed_grams(text, model)
    most = taken["maxTokens"]
    parts = -(-len(ids) // most)
    cuts = [int(i * len(ids) / parts + 0.5) for i in range(parts + 1)]
    answer = {"encoded": np.zeros((1, taken["numbers"]), np.float32)}
    for start, end in zip(cuts, cuts[1:]):
        tokens = np.array([[*taken["frame"]["before"], *ids[start:end], *taken["frame"]["after"]]], np.int64)
        feeds = {taken["name"]: tokens, "before": answer["encoded"], "share": np.array([[(end - start) / len(ids)]], np.float32)}
        feeds |= {"characters": character_grams(text)} if taken["characters"] else {}
        feeds |= {taken[name]: np.full_like(tokens, value) for name, value in (("attentionMask", 1), ("tokenTypeIds", 0)) if name in taken}
        answer = dict(zip(outputs, session.run(None, feeds)))
    best = np.argsort(-answer["scores"][0], kind="stable")
    predictions = [{"label": about["items"][k]["id"], "score": float(answer["scores"][0][k])} for k in best]
    print(json.dumps({"predictions": predictions, "none": float(answer["none"][0, 0]), "unknown": bool(answer["unknown"][0, 0])}))
