"""How good a trained student is where labels are: cross-validation in the training parts of banking77 and of the Russian reviews.

No test text and no Korean label is read, so shapes and recipes may be chosen by it. A linear discriminant as the product's head is: pooled
covariance, shrunk to its mean; the best of a few shrinkages, which is the same favour to all. English once by the encoder alone, once with the
characters of src/text/grams.ts at half its loudness beside it. Standard error of a share of 2,000: .009.

Run it with Debian's python3-torch: /usr/bin/python3 judge.py --names bag conv1
"""
import argparse
import csv
import pathlib
import re

import numpy as np
import torch

import grams
import shapes
import train

FOLDS = 5
SHRINKAGES = (0.03, 0.1, 0.3, 0.6)
TONE_LOUDNESS = 0.5
CHARACTERS_LOUDNESS = 0.5
CHARACTERS = 512
RUN_LENGTHS = (3, 4, 5)
# Of English; src/text/grams.ts knows other letters as well.
ENGLISH_WORDS = re.compile(r"(?:[^\W_]|['’!?])+|(?:[^\w\s'’!?.,;:\"-]|_)+")


def read(file):
    with open(file, encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row["text"] for row in rows], np.unique([row["label"] for row in rows], return_inverse=True)[1]


def encode(student, flags, texts):
    hashed, placed = ([of(text) for text in texts] for of in (grams.hashes, grams.places))
    starts = np.cumsum([0] + [len(row) for row in hashed]).astype(np.int64)
    flat = [np.array([value for row in rows for value in row], np.int64) for rows in (hashed, placed)]
    texts = train.Texts(flat[0], starts, flags["rows"], None if flags["shape"] == "bag" else flat[1])
    sentence, tone = texts.embed(student, np.arange(len(starts) - 1))
    return np.hstack([sentence.numpy(), TONE_LOUDNESS * tone.numpy()[:, None]])


def characters(text):
    counts = {}
    for word in ENGLISH_WORDS.findall(text.lower()):
        padded = f" {word} "
        for gram in [grams.WHOLE + word] + grams.runs(padded, RUN_LENGTHS):
            counts[gram] = counts.get(gram, 0) + 1
    block = np.zeros(CHARACTERS)
    for gram, count in counts.items():
        value = grams.hash_of(gram)
        block[(value >> 1) % CHARACTERS] += (1 if value & 1 else -1) * np.sqrt(count)
    return CHARACTERS_LOUDNESS * block / max(np.linalg.norm(block), 1e-9)


def right(vectors, labels):
    """The share of left-out texts that are answered right, by the best shrinkage."""
    classes = labels.max() + 1
    fold = np.random.default_rng(0).permutation(len(labels)) % FOLDS
    answered = np.zeros((len(SHRINKAGES), len(labels)), bool)
    for k in range(FOLDS):
        x, y, judged = vectors[fold != k], labels[fold != k], vectors[fold == k]
        means = np.stack([x[y == c].mean(0) if (y == c).any() else x.mean(0) for c in range(classes)])
        within = x - means[y]
        covariance = within.T @ within / len(x)
        for i, shrinkage in enumerate(SHRINKAGES):
            shrunk = (1 - shrinkage) * covariance + shrinkage * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
            weights = np.linalg.solve(shrunk, means.T)
            scores = judged @ weights - 0.5 * (means.T * weights).sum(0)
            answered[i, fold == k] = scores.argmax(1) == labels[fold == k]
    return answered.mean(1).max()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=pathlib.Path, default="work")
    parser.add_argument("--names", nargs="+", required=True)
    parser.add_argument("--texts", type=pathlib.Path, default="../../../shared/data/text")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    english, intents = read(arguments.texts / "banking77/train.tsv")
    russian, opinions = read(arguments.texts / "sentiment-ru-ko/train_ru.tsv")
    letters = np.stack([characters(text) for text in english])
    print("| student | 77 intents, English | with characters | reviews, Russian |\n|---|--:|--:|--:|")
    for name in arguments.names:
        trained = torch.load(arguments.work / f"{name}.pt")
        flags = {"shape": "bag", **trained["flags"]}
        student = shapes.Student(flags["rows"], flags["width"], flags["shape"])
        student.load_state_dict(trained["state"])
        student.eval()
        vectors = encode(student, flags, english)
        figures = right(vectors, intents), right(np.hstack([vectors, letters]), intents), right(encode(student, flags, russian), opinions)
        print(f"| {name} | " + " | ".join(f"{value:.3f}" for value in figures) + " |", flush=True)


if __name__ == "__main__":
    main()
